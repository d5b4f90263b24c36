// How weidu spells tokens, and the cookies a session travels in beside its `Token` header.
import type { RandomSpelling, SessionClaim } from '#core';
import { type Reply, sessionClaim, setCookie, type WireRequest } from '#wire';
import type { WeiduSettings } from './settings.ts';

/** 26 of 32 letters (z-base-32): 130 random bits, in the shape clients know from the document. */
export const TOKEN: RandomSpelling = { alphabet: 'ybndrfg8ejkmcpqxot1uwisza345h769', length: 26 };

/** What the three cookies of one session say. */
export interface CookieValues {
  readonly token: string;
  readonly userId: string;
  readonly csrf: string;
  /** The session's end, milliseconds. */
  readonly expiresAt: number;
}

type Settings = Pick<WeiduSettings, 'cookieDomain' | 'cookiePrefix'>;

/** What the cookies are called. */
const namesOf = ({ cookiePrefix }: Settings) =>
  ({ token: `${cookiePrefix}AUTHTOKEN`, owner: `${cookiePrefix}USERID`, csrf: `${cookiePrefix}CSRF` }) as const;

/** The cookies, in the document's order; none for a page of a foreign site, which could otherwise sign somebody in unasked. */
export function cookiesFor(values: CookieValues, { request, settings }: Reply<WeiduSettings>): readonly string[] {
  if (request.isCrossSite) return [];
  const { token, owner, csrf } = namesOf(settings);
  const terms = {
    ...(settings.cookieDomain !== '' && { domain: settings.cookieDomain }),
    expiresAt: values.expiresAt,
    isSecure: request.isSecure,
  };
  return [
    setCookie({ name: token, value: values.token, isHidden: true, ...terms }),
    setCookie({ name: owner, value: values.userId, isHidden: false, ...terms }),
    setCookie({ name: csrf, value: values.csrf, isHidden: false, ...terms }),
  ];
}

/** Takes the cookies away. */
export function noCookies(reply: Reply<WeiduSettings>): readonly string[] {
  return cookiesFor({ token: '', userId: '', csrf: '', expiresAt: 0 }, reply);
}

/** The session a request claims to hold. @throws Refusal `session.unknown` */
export function sessionIn(request: WireRequest, settings: Settings): SessionClaim {
  return sessionClaim(request, namesOf(settings));
}
