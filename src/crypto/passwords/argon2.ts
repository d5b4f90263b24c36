// Argon2 (RFC 9106): the scheme of every new hash; also verifies the variants i and d and the older version 16.
import { hashSync, verifySync } from '@node-rs/argon2';

import { type Argon2Cost, COST_CEILING } from './cost.ts';
import type { PasswordScheme } from './password-scheme.ts';
import { hasParameters, type PhcHash } from './phc.ts';

const VERSION = 19;
const OLDER_VERSION = 16;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** The least memory Argon2 is defined for, a lane. */
const LEAST_KIB_PER_LANE = 8;

/** Verifies argon2id, argon2i and argon2d. */
export const argon2: PasswordScheme = {
  schemes: ['argon2id', 'argon2i', 'argon2d'],
  canVerify(hash) {
    const lanes = hash.parameters.get('p') ?? 0;
    return (
      [undefined, OLDER_VERSION, VERSION].includes(hash.version) &&
      hasParameters(hash, {
        m: [LEAST_KIB_PER_LANE * lanes, COST_CEILING.memoryKiB],
        t: [1, COST_CEILING.passes],
        p: [1, COST_CEILING.lanes],
      })
    );
  },
  verify: (hash, password) => verifySync(hash.text, password),
};

/** A new Argon2id string with a fresh salt of 16 bytes and a tag of 32. */
export function hashWithArgon2id(password: string, cost: Argon2Cost): string {
  return hashSync(password, {
    memoryCost: cost.memoryKiB,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    outputLen: TAG_BYTES,
  });
}

/** Whether a new hash of this cost would look the same. */
export function isCurrent(hash: PhcHash, cost: Argon2Cost): boolean {
  return (
    hash.scheme === 'argon2id' &&
    hash.version === VERSION &&
    hash.parameters.get('m') === cost.memoryKiB &&
    hash.parameters.get('t') === cost.passes &&
    hash.parameters.get('p') === cost.lanes &&
    hash.salt.length >= SALT_BYTES &&
    hash.tag.length === TAG_BYTES
  );
}
