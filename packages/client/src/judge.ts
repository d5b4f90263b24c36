// Whether a request may pass, and what to answer if it may not (RFC 6750, section 3).
import type { Introspector } from './introspector.ts';
import { UnderstudyProblem } from './problem.ts';
import { UnderstudyUnavailable } from './unavailable.ts';
import { type VerifiedAccount, verifiedAccount } from './verified-account.ts';

/** What protects: whom to ask, and who may pass. */
export interface Protection {
  readonly introspector: Introspector;
  /**
   * What is demanded besides a good token: a dialect, a realm, a table of your own, a role the server knows.
   * What it throws is thrown on, but for the server's being away.
   */
  readonly allows?: (account: VerifiedAccount, token: string) => boolean | Promise<boolean>;
}

/** The whole answer to a request that may not pass. */
export interface Refused {
  readonly status: 400 | 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a request. `outage` tells why nothing could be found out. */
export type Verdict =
  | { readonly account: VerifiedAccount }
  | { readonly refused: Refused }
  | { readonly refused: Refused; readonly outage: unknown };

const IS_BEARER = /^bearer(?=\s|$)/i;
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Judges by the header `Authorization`; tokens in addresses, forms or cookies do not count. */
export async function judge(authorization: string | null | undefined, protection: Protection): Promise<Verdict> {
  const token = bearerToken(authorization);
  if (token === 'none') return { refused: refusal(401, 'Unauthorized') };
  if (token === 'unreadable') return { refused: refusal(400, 'Bad Request', 'invalid_request') };
  try {
    return await judgeToken(token.text, protection);
  } catch (reason) {
    if (reason instanceof UnderstudyProblem || reason instanceof UnderstudyUnavailable)
      return { refused: away(reason), outage: reason };
    throw reason;
  }
}

/** Reads the header: other schemes are none of ours. */
export function bearerToken(header: string | null | undefined): { readonly text: string } | 'none' | 'unreadable' {
  if (header == null || !IS_BEARER.test(header)) return 'none';
  const text = BEARER.exec(header)?.[1];
  return text === undefined ? 'unreadable' : { text };
}

async function judgeToken(token: string, { introspector, allows = () => true }: Protection): Promise<Verdict> {
  const found = await introspector.introspect(token);
  if (!found.active) return { refused: refusal(401, 'Unauthorized', 'invalid_token') };
  const account = verifiedAccount(found);
  return (await allows(account, token)) ? { account } : { refused: refusal(403, 'Forbidden', 'insufficient_scope') };
}

function refusal(status: 400 | 401 | 403, title: string, error?: string): Refused {
  const challenge = error === undefined ? 'Bearer' : `Bearer error="${error}"`;
  return answer(status, title, { 'www-authenticate': challenge });
}

function away(reason: unknown): Refused {
  const seconds = reason instanceof UnderstudyProblem ? reason.retryAfterSeconds : undefined;
  return answer(503, 'Service Unavailable', { 'retry-after': String(seconds ?? 1) });
}

function answer(status: Refused['status'], title: string, headers: Readonly<Record<string, string>>): Refused {
  return {
    status,
    headers: { ...headers, 'cache-control': 'no-store', 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status }),
  };
}
