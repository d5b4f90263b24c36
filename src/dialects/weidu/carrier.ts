// How weidu spells tokens, and the cookies a session travels in beside its `Token` header.
import type { RandomSpelling } from '#core';
import type { Reply } from '#wire';
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

/** The cookies, in the document's order; none for a page of a foreign site, which could otherwise sign somebody in unasked. */
export function cookiesFor(values: CookieValues, { request, settings }: Reply<WeiduSettings>): readonly string[] {
  if (request.isCrossSite) return [];
  const cookie = (name: string, value: string, isHidden: boolean): string =>
    [
      `${settings.cookiePrefix}${name}=${value}`,
      'Path=/',
      settings.cookieDomain && `Domain=${settings.cookieDomain}`,
      `Expires=${new Date(values.expiresAt).toUTCString()}`,
      isHidden && 'HttpOnly',
      request.isSecure && 'Secure',
      'SameSite=Lax',
    ]
      .filter(Boolean)
      .join('; ');
  return [
    cookie('AUTHTOKEN', values.token, true),
    cookie('USERID', values.userId, false),
    cookie('CSRF', values.csrf, false),
  ];
}
