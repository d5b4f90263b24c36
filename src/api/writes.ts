// Writes answers of our own API.
import type { OutcomeOf } from '#core';
import { type Answer, json } from '#wire';

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** RFC 7662, section 2.2. */
export function writeIntrospection(found: OutcomeOf<'introspectToken'>): Answer {
  if (!found.isActive) return json({ active: false });
  return json({
    active: true,
    sub: found.accountId,
    ...(found.username !== null && { username: found.username }),
    ...(found.clientId !== null && { client_id: found.clientId }),
    token_type: 'Bearer',
    iat: seconds(found.issuedAt),
    exp: seconds(found.expiresAt),
    dialect: found.dialect,
    realm: found.realm,
  });
}
