// One-way functions: plain SHA-256 for what is random, HMAC-SHA-256 with a key of ours for what could be guessed.
import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto';

import type { Digests } from '#core';

import type { Keyring } from './keyring.ts';

/**
 * Digests keyed with the keyring's digest key, which a rotation leaves alone: signatures and codes stay valid.
 */
export function digestsWith({ digestKey }: Pick<Keyring, 'digestKey'>): Digests {
  // Handed over as bytes it would be unpacked anew for every digest, which takes four times as long as the digest itself.
  const key = createSecretKey(digestKey);
  return {
    ofToken: (token) => hash('sha256', token, 'base64url'),
    keyed: (purpose, text) => createHmac('sha256', key).update(separated(purpose, text)).digest('base64url'),
    equal: isEqual,
  };
}

/** Two texts in one, so that no other two give the same: the first one's length says where it ends. */
export function separated(purpose: string, text: string): string {
  return `${purpose.length}:${purpose}:${text}`;
}

function isEqual(left: string, right: string): boolean {
  const one = Buffer.from(left);
  const other = Buffer.from(right);
  // The length of a digest is no secret; its content is.
  return one.length === other.length && timingSafeEqual(one, other);
}
