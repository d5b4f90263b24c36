// Whose request it is, for servers that speak WHATWG requests.
import type { Introspector } from './introspector.ts';
import { bearerToken } from './judge.ts';
import { type VerifiedAccount, verifiedAccount } from './verified-account.ts';

/**
 * The account behind the request's bearer token; null if it has none that is good.
 *
 * @example
 * const account = await authenticate(request, introspector);
 * if (account === null) return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
 *
 * @throws UnderstudyProblem, UnderstudyUnavailable if that could not be found out: answer 503
 */
export async function authenticate(request: Request, introspector: Introspector): Promise<VerifiedAccount | null> {
  const token = bearerToken(request.headers.get('authorization'));
  if (typeof token === 'string') return null;
  const found = await introspector.introspect(token.text);
  return found.active ? verifiedAccount(found) : null;
}
