// Reads the session a request claims to hold: from the header `Authorization`, or from three cookies that only count together.
import { Refusal, Secret, type SessionClaim } from '#core';
import { bearerIn } from './bearer.ts';
import { cookiesIn } from './cookies.ts';
import type { WireRequest } from './request.ts';

/** What the cookies of one session are called. */
export interface SessionCookieNames {
  readonly token: string;
  /** Says whose session it is. */
  readonly owner: string;
  readonly csrf: string;
}

/** Methods by which nothing changes. */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The session of a bearer token (RFC 6750, section 2.1), or else of cookies. A browser sends cookies unasked, so they count only from pages that
 * are not foreign, for whom they name, and, where something could change, together with the header `X-CSRF-Token`.
 * @throws Refusal `session.unknown` when there is none that could count
 */
export function sessionClaim(request: WireRequest, names: SessionCookieNames): SessionClaim {
  const token = bearerIn(request);
  return token === undefined ? claimOfCookies(request, names) : { token };
}

function claimOfCookies(request: WireRequest, { token, owner, csrf }: SessionCookieNames): SessionClaim {
  const cookies = request.isCrossSite ? [] : cookiesIn(request, [token, owner, csrf]);
  if (cookies === 'ambiguous') throw new Refusal('session.unknown', { remark: 'a cookie came twice' });
  const [ticket, publicId, besides] = cookies;
  if (ticket === undefined) throw new Refusal('session.unknown', { remark: 'no token came' });
  const proof = READING.has(request.method) ? besides : proofIn(request, besides);
  return {
    token: new Secret(ticket),
    ...(proof !== undefined && { csrf: new Secret(proof) }),
    ...(publicId !== undefined && { publicId }),
  };
}

/** What a page of our own site read from the cookie and says aloud; another site could send the cookie, but not read it. */
function proofIn(request: WireRequest, besides: string | undefined): string {
  const said = request.header('x-csrf-token') ?? '';
  const isConsistent = besides === undefined || besides === said;
  if (said === '' || !isConsistent) throw new Refusal('session.unknown', { remark: 'X-CSRF-Token does not prove it' });
  return said;
}
