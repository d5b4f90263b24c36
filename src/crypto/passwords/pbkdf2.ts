// PBKDF2 (RFC 8018) as other systems store it: `$pbkdf2-sha256$i=<iterations>$salt$hash`, also with sha1 and sha512.
import { pbkdf2Sync, timingSafeEqual } from 'node:crypto';

import type { PasswordScheme } from './password-scheme.ts';
import { hasParameters } from './phc.ts';

const MOST_ITERATIONS = 10_000_000;

const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['pbkdf2', 'sha1'],
  ['pbkdf2-sha1', 'sha1'],
  ['pbkdf2-sha256', 'sha256'],
  ['pbkdf2-sha512', 'sha512'],
]);

/** Verifies PBKDF2 of at most ten million iterations; the length of the tag may be told a second time as `l=`. */
export const pbkdf2: PasswordScheme = {
  schemes: [...DIGESTS.keys()],
  canVerify(hash) {
    const i = [1, MOST_ITERATIONS] as const;
    const l = [hash.tag.length, hash.tag.length] as const;
    return hash.version === undefined && (hasParameters(hash, { i }) || hasParameters(hash, { i, l }));
  },
  verify({ scheme, parameters, salt, tag }, password) {
    const digest = DIGESTS.get(scheme) ?? 'sha256';
    return timingSafeEqual(pbkdf2Sync(password, salt, parameters.get('i') ?? 1, tag.length, digest), tag);
  },
};
