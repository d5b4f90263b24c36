// Hashes and verifies, synchronously, so that every failed verification takes the same work. Runs inside a worker thread.
import { randomBytes } from 'node:crypto';

import { hashRawSync } from '@node-rs/argon2';

import { type AcceptableHash, acceptableHash } from './acceptable-hash.ts';
import { hashWithArgon2id, isCurrent } from './argon2.ts';
import type { Argon2Cost } from './cost.ts';
import type { PhcHash } from './phc.ts';

/** What became of a verification, and whether there was anything to verify. */
export interface CheckedPassword {
  readonly matches: boolean;
  readonly isOutdated: boolean;
  /** Nothing usable was stored: the work was done for show. */
  readonly isDecoy: boolean;
}

/** Any salt will do for work that is thrown away. */
const NO_SALT = Buffer.alloc(16);
/** The least memory Argon2 is defined for, a lane. */
const LEAST_KIB_PER_LANE = 8;
/** Of so many kinds of cost it is remembered how long they take; nobody has more. */
const MOST_COSTS = 64;

/** Does the work of one thread. */
export class PasswordChecker {
  readonly #cost: Argon2Cost;
  /** A hash of the configured cost whose password nobody knows. */
  readonly #decoy: string;
  /** The shortest time each cost has ever taken, milliseconds: all it needs when nothing comes in between. */
  readonly #quickest = new Map<string, number>();
  #quickestUsual = Number.POSITIVE_INFINITY;

  /** Hashes three times, which makes the decoy, warms the memory and measures the usual work. */
  constructor(cost: Argon2Cost) {
    this.#cost = cost;
    this.#decoy = hashWithArgon2id(randomBytes(16).toString('hex'), cost);
    for (const _ of Array(2).keys()) this.verify(null, '');
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
    const startedAt = performance.now();
    const matches = scheme.verify(hash, password);
    this.#quickestUsual = Math.min(this.#quickestUsual, performance.now() - startedAt);
    return matches;
  }

  /**
   * A hash of another scheme or cost. Where it is cheaper, a failure does the rest of the usual work, so that the time does not tell which
   * accounts came from an older system. Work and not time is made up for: whatever else the machine does falls on both alike.
   * Success may be told: it is answered differently anyway.
   */
  #verifyUnusual({ scheme, hash }: AcceptableHash, password: string): boolean {
    const startedAt = performance.now();
    const matches = scheme.verify(hash, password);
    if (!matches) this.#work(password, 1 - this.#shareOf(hash, performance.now() - startedAt));
    return matches;
  }

  /** How much of the usual work a hash of this cost is, given that it has just taken so long. */
  #shareOf({ scheme, parameters }: PhcHash, tookMs: number): number {
    const cost = `${scheme} ${[...parameters].join(' ')}`;
    const quickest = Math.min(tookMs, this.#quickest.get(cost) ?? tookMs);
    this.#quickest.set(cost, quickest);
    const [oldest] = this.#quickest.keys();
    if (this.#quickest.size > MOST_COSTS && oldest !== undefined) this.#quickest.delete(oldest);
    return quickest / this.#quickestUsual;
  }

  /** Does so much of the usual work: in one piece, because it has to leave the same traces in the processor's caches. */
  #work(password: string, share: number): void {
    const { memoryKiB, passes, lanes } = this.#cost;
    const memoryCost = Math.floor(memoryKiB * share);
    if (memoryCost < LEAST_KIB_PER_LANE * lanes) return;
    hashRawSync(password, { memoryCost, timeCost: passes, parallelism: lanes, outputLen: 32, salt: NO_SALT });
  }
}
