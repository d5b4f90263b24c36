// scrypt (RFC 7914) as other systems store it: `$scrypt$ln=<log2 N>,r=<r>,p=<p>$salt$hash`.
import { scryptSync, timingSafeEqual } from 'node:crypto';

import type { PasswordScheme } from './password-scheme.ts';
import { hasParameters } from './phc.ts';

const MOST_LOG_N = 17;
const MOST_BLOCKS = 8;
const MOST_LANES = 10;
const BLOCK_BYTES = 128;

/** Verifies scrypt within N ≤ 2^17, r ≤ 8, p ≤ 10. */
export const scrypt: PasswordScheme = {
  schemes: ['scrypt'],
  canVerify: (hash) =>
    hash.version === undefined && hasParameters(hash, { ln: [1, MOST_LOG_N], r: [1, MOST_BLOCKS], p: [1, MOST_LANES] }),
  verify({ parameters, salt, tag }, password) {
    const N = 2 ** (parameters.get('ln') ?? 0);
    const r = parameters.get('r') ?? 0;
    const p = parameters.get('p') ?? 0;
    // OpenSSL counts the mixing area and the lanes; it refuses to start with less.
    const maxmem = BLOCK_BYTES * r * (N + p + 2);
    return timingSafeEqual(scryptSync(password, salt, tag.length, { N, r, p, maxmem }), tag);
  },
};
