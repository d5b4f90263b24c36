// Hashes and verifies, synchronously, so that every failed verification takes the same work. Runs inside a worker thread.
import { randomBytes } from 'node:crypto';

import { hashRawSync } from '@node-rs/argon2';

import { type AcceptableHash, acceptableHash } from './acceptable-hash.ts';
import { hashWithArgon2id, isCurrent } from './argon2.ts';
import type { Argon2Cost } from './cost.ts';

/** What became of a verification, and whether there was anything to verify. */
export interface CheckedPassword {
  readonly matches: boolean;
  readonly isOutdated: boolean;
  /** Nothing usable was stored: the work was done for show. */
  readonly isDecoy: boolean;
}

/** How quickly the estimate of the usual work follows, as a share of itself with every measurement. */
const STEP = 0.01;
/** A slice of work with which a cheap verification is topped up: 0.1 ms or so. */
const SLICE = { memoryCost: 256, timeCost: 1, parallelism: 1, salt: Buffer.alloc(16) } as const;

/** Does the work of one thread. */
export class PasswordChecker {
  readonly #cost: Argon2Cost;
  /** A hash of the configured cost whose password nobody knows. */
  readonly #decoy: string;
  /** Median processor time of a verification of the configured cost, microseconds. */
  #usualWork = 1;

  /** Hashes twice, which makes the decoy, warms the memory and measures the usual work. */
  constructor(cost: Argon2Cost) {
    this.#cost = cost;
    this.#decoy = hashWithArgon2id(randomBytes(16).toString('hex'), cost);
    const startedAt = workDone();
    this.verify(null, '');
    this.#usualWork = workDone() - startedAt;
  }

  /** A new PHC string of the configured cost. */
  hash(password: string): string {
    return hashWithArgon2id(password, this.#cost);
  }

  /** Null and anything that is no hash within bounds is answered by a decoy, which goes exactly the same way. */
  verify(passwordHash: string | null, password: string): CheckedPassword {
    const stored = passwordHash === null ? undefined : acceptableHash(passwordHash);
    const target = stored ?? acceptableHash(this.#decoy);
    if (!target) throw new Error('a fresh hash cannot be verified');
    const isOutdated = !isCurrent(target.hash, this.#cost);
    const matches = isOutdated ? this.#verifyUnusual(target, password) : this.#verifyUsual(target, password);
    return { matches: matches && stored !== undefined, isOutdated, isDecoy: stored === undefined };
  }

  #verifyUsual({ scheme, hash }: AcceptableHash, password: string): boolean {
    const startedAt = workDone();
    const matches = scheme.verify(hash, password);
    // One step up or down tracks the median; a mean would be led astray by the few that take far longer.
    this.#usualWork *= workDone() - startedAt > this.#usualWork ? 1 + STEP : 1 - STEP;
    return matches;
  }

  /**
   * A hash of another scheme or cost. Where it is cheaper, a failure is topped up to the usual work, so that the time does
   * not tell which accounts came from an older system. Success may be told: it is answered differently anyway.
   */
  #verifyUnusual({ scheme, hash }: AcceptableHash, password: string): boolean {
    const startedAt = workDone();
    const matches = scheme.verify(hash, password);
    if (matches) return true;
    while (workDone() - startedAt < this.#usualWork) hashRawSync(password, SLICE);
    return false;
  }
}

/** Processor time this thread has used, microseconds: unlike the clock, it does not count waiting for a core. */
function workDone(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
