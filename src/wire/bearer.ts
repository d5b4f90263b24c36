// Reads a token from where it travels most safely: `Authorization: Bearer …` (RFC 6750, section 2.1).
import { Secret } from '#core';
import type { WireRequest } from './request.ts';

/** The token; undefined when the header brings none. The scheme may be spelled in any letter case. */
export function bearerIn(request: WireRequest): Secret | undefined {
  const token = /^bearer +([\u0021-\u007e]+)$/i.exec(request.header('authorization') ?? '')?.[1];
  return token === undefined ? undefined : new Secret(token);
}
