// Reads requests to our own API.
import { type AskOf, Refusal, Secret } from '#core';
import type { WireRequest } from '#wire';
import { assertKnown } from './fields.ts';

const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['token', 'token_type_hint']);

/** `token` as form or JSON; the app proves itself with HTTP Basic (RFC 7617). */
export function readIntrospection(request: WireRequest): AskOf<'introspectToken'> {
  const app = readBasic(request.header('authorization'));
  const fields = request.body('form', 'json');
  assertKnown(fields, INTROSPECTION_FIELDS);
  const { token } = fields;
  if (typeof token !== 'string' || token === '') throw new Refusal('input.malformed', { field: 'token' });
  return { app, token: new Secret(token) };
}

/** Id and signature are form-encoded before they are joined (RFC 6749, section 2.3.1); those we issue need no encoding. */
function readBasic(header: string | undefined): { readonly id: string; readonly signature: Secret } {
  const encoded = /^basic ([a-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1];
  const decoded = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const cut = decoded.indexOf(':');
  if (cut < 1) throw new Refusal('session.unknown', { remark: 'no usable Basic credentials' });
  return { id: decoded.slice(0, cut), signature: new Secret(decoded.slice(cut + 1)) };
}
