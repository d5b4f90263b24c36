// Cookies, read strictly and written with every attribute that narrows them down (RFC 6265, section 4).
import type { WireRequest } from './request.ts';

/** What a cookie is to say, and until when. */
export interface NewCookie {
  readonly name: string;
  readonly value: string;
  /** Left out for the host that was called. */
  readonly domain?: string;
  /** Milliseconds; an instant in the past takes the cookie away. */
  readonly expiresAt: number;
  /** Kept from scripts. */
  readonly isHidden: boolean;
  /** Kept from plain HTTP. */
  readonly isSecure: boolean;
}

/** The value of the header `Set-Cookie`. No page of another site sends the cookie along, but by a link that is followed. */
export function setCookie({ name, value, domain, expiresAt, isHidden, isSecure }: NewCookie): string {
  const attributes = [
    `${name}=${value}`,
    'Path=/',
    domain && `Domain=${domain}`,
    `Expires=${new Date(expiresAt).toUTCString()}`,
    isHidden && 'HttpOnly',
    isSecure && 'Secure',
    'SameSite=Lax',
  ];
  return attributes.filter(Boolean).join('; ');
}

/**
 * The values a request sends for these names, in their order; undefined for one that did not come.
 * `ambiguous` when one came twice: a neighbouring host could have planted either, and no order tells which.
 */
export function cookiesIn(
  request: Pick<WireRequest, 'header'>,
  names: readonly string[],
): readonly (string | undefined)[] | 'ambiguous' {
  const pairs = (request.header('cookie') ?? '').split(';').map((pair) => pair.trim());
  const values = names.map((name) => pairs.filter((pair) => pair.startsWith(`${name}=`)));
  if (values.some((found) => found.length > 1)) return 'ambiguous';
  return values.map(([pair], index) => pair?.slice((names[index]?.length ?? 0) + 1));
}
