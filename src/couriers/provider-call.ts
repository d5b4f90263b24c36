// One POST to a provider: with a deadline, without redirects, and with an answer no longer than it should be.
import { CourierError } from '#core';

/** What is posted, and for whom. */
export interface ProviderCall {
  /** The courier's name, with which its errors begin. */
  readonly courier: string;
  readonly url: string | URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** What came back. */
export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
}

const MOST_BYTES = 65_536;

/** @throws CourierError when no answer came in time; it names no more than the kind of failure, for the rest may quote what was sent */
export async function callProvider({ courier, url, headers, body, timeoutMs }: ProviderCall): Promise<ProviderAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: response.status, text: await readText(response, courier) };
  } catch (reason) {
    if (reason instanceof CourierError) throw reason;
    throw new CourierError(`${courier}: ${signal.aborted ? 'no answer in time' : `no answer (${kindOf(reason)})`}`);
  }
}

/** A provider's code as it may be logged; whatever is no code stays unsaid. */
export function providerCode(code: unknown): string {
  return typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code) ? code : 'an answer that cannot be read';
}

async function readText(response: Response, courier: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new CourierError(`${courier}: the answer is too long`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED` … */
function kindOf(reason: unknown): string {
  const cause = reason instanceof Error ? (reason.cause ?? reason) : undefined;
  return providerCode(cause instanceof Error && 'code' in cause ? cause.code : 'unknown');
}
