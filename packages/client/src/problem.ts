// The server said no: a problem document (RFC 9457), as an error.

/** What a refusal says. */
export interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly retryAfterSeconds?: number | undefined;
  readonly supportCode?: string | undefined;
}

/**
 * A refusal by the server.
 *
 * @example
 * try {
 *   await client.signIn({ identifier: 'alice', password });
 * } catch (reason) {
 *   if (reason instanceof UnderstudyProblem && reason.code === 'throttle.locked') waitFor(reason.retryAfterSeconds);
 *   else throw reason;
 * }
 */
export class UnderstudyProblem extends Error {
  override readonly name = 'UnderstudyProblem';
  /** The HTTP status. */
  readonly status: number;
  /** The stable name of the refusal, such as `credentials.mismatch`. */
  readonly code: string;
  /** When it is worth trying again, in seconds from now, if the server said so. */
  readonly retryAfterSeconds: number | undefined;
  /** What the operator needs to look the refusal up: `understudy explain <code>`. */
  readonly supportCode: string | undefined;

  constructor({ status, code, title, retryAfterSeconds, supportCode }: ProblemParts) {
    super(title);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.supportCode = supportCode;
  }
}

/** The problem in a refused answer; undefined if it is none, as from a proxy that answers for the server. */
export function readProblem({ status, headers }: Response, body: unknown): UnderstudyProblem | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') return undefined;
  const title = 'title' in body && typeof body.title === 'string' ? body.title : body.code;
  const retryAfterSeconds = secondsIn(headers.get('retry-after'));
  return new UnderstudyProblem({
    status,
    code: body.code,
    title,
    retryAfterSeconds,
    supportCode: headers.get('x-support-code') ?? undefined,
  });
}

function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
