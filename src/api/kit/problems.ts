// How our own API says no: problem details (RFC 9457) with the refusal's code as their stable name.
import { type Refusal, type RefusalCode, type RefusalKind, REFUSALS } from '#core';
import type { Answer, CommonSettings, RefusalAnswer, RefusalTable } from '#wire';
import type { Auth, CallDocument } from './document.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** HTTP status per kind of refusal. */
const STATUS: Record<RefusalKind, number> = {
  absent: 404,
  busy: 503,
  challenge: 403,
  closed: 403,
  conflict: 409,
  expired: 410,
  forbidden: 403,
  malformed: 400,
  mismatch: 401,
  throttled: 429,
  unauthenticated: 401,
  unknown: 401,
};

/** Statuses that are not those of the kind. */
const STATUS_OF_CODE: Readonly<Partial<Record<RefusalCode, number>>> = {
  'idempotency.mismatch': 422,
  'version.stale': 412,
};

/** An app that is unknown and one with a wrong signature look alike to the caller. */
const NOT_ADMITTED = { code: 'app.not-admitted', title: 'The application could not be authenticated' } as const;
const IS_NOT_ADMITTED: readonly RefusalCode[] = ['app.unknown', 'app.signature'];

/** What has to be brought instead (RFC 9110, section 11.6.1). */
const CHALLENGES: Record<Auth, string> = {
  app: 'Basic realm="understudy", charset="UTF-8"',
  none: 'Bearer realm="understudy"',
  session: 'Bearer realm="understudy"',
};

type Calling = Pick<CallDocument, 'auth' | 'statuses'>;

/** The status a refusal gets from this call. Whoever holds a session and mistypes the password still holds it: that is no 401. */
export function statusOf(code: RefusalCode, { auth, statuses }: Calling): number {
  const { kind } = REFUSALS[code];
  const own = statuses?.[code] ?? STATUS_OF_CODE[code];
  return own ?? (auth === 'session' && kind === 'mismatch' ? 403 : STATUS[kind]);
}

/** The name the caller gets to see. */
export const nameOf = (code: RefusalCode): string => (IS_NOT_ADMITTED.includes(code) ? NOT_ADMITTED.code : code);

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly auth: Auth;
}

const problem = ({ status, code, title, auth }: Problem): Answer => ({
  status,
  contentType: `${PROBLEM_TYPE}; charset=utf-8`,
  headers: status === 401 ? { 'www-authenticate': CHALLENGES[auth] } : {},
  body: JSON.stringify({ type: `urn:understudy:refusal:${code}`, title, status, code }),
});

/** Words every refusal of a call. */
const wordsOf =
  (calling: Calling): RefusalAnswer<CommonSettings> =>
  ({ code, message }: Refusal) => {
    const title = IS_NOT_ADMITTED.includes(code) ? NOT_ADMITTED.title : message;
    return problem({ status: statusOf(code, calling), code: nameOf(code), title, auth: calling.auth });
  };

/** The words of a call, for every kind of refusal. */
export function refusalsOf(calling: Calling): RefusalTable<CommonSettings> {
  const say = wordsOf(calling);
  return Object.fromEntries(Object.keys(STATUS).map((kind) => [kind, say])) as Record<RefusalKind, typeof say>;
}

export const fault = (): Answer =>
  problem({ status: 500, code: 'fault', title: 'Something went wrong on our side', auth: 'none' });
