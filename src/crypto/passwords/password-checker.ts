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
/** Of so many kinds of cost it is remembered what makes them up; nobody has more. */
const MOST_COSTS = 64;
/** An estimate moves by shares of itself: by a tenth at first, and by less and less with every measurement down to this. */
const FIRST_STEP = 0.1;
const LEAST_STEP = 0.002;

/** A number that is moved up and down until as many measurements ask for the one as for the other. */
class Estimate {
  value: number;
  #moves = 0;

  constructor(value: number) {
    this.value = value;
  }

  move(isUp: boolean): void {
    this.#moves += 1;
    const step = Math.max(LEAST_STEP, FIRST_STEP / this.#moves);
    this.value *= isUp ? 1 + step : 1 - step;
  }
}

/** Does the work of one thread. */
export class PasswordChecker {
  readonly #cost: Argon2Cost;
  /** A hash of the configured cost whose password nobody knows. */
  readonly #decoy: string;
  /** The median time of a verification of the configured cost, milliseconds. */
  readonly #usualMs: Estimate;
  /** For each other cost the share of the usual work that makes a failure last as long as a usual one. */
  readonly #rests = new Map<string, Estimate>();

  /** Hashes twice, which makes the decoy, warms the memory and measures the usual work. */
  constructor(cost: Argon2Cost) {
    this.#cost = cost;
    this.#decoy = hashWithArgon2id(randomBytes(16).toString('hex'), cost);
    const startedAt = performance.now();
    hashWithArgon2id('', cost);
    this.#usualMs = new Estimate(performance.now() - startedAt);
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
    this.#usualMs.move(performance.now() - startedAt > this.#usualMs.value);
    return matches;
  }

  /**
   * A hash of another scheme or cost. Where it is cheaper, a failure does the rest of the usual work, so that the time does not tell which
   * accounts came from an older system. How much that is, is learned from how long both have taken together: whatever else the
   * machine does falls on usual failures alike. Success may be told: it is answered differently anyway.
   */
  #verifyUnusual({ scheme, hash }: AcceptableHash, password: string): boolean {
    const startedAt = performance.now();
    const matches = scheme.verify(hash, password);
    if (matches) return true;
    const rest = this.#restOf(hash, performance.now() - startedAt);
    this.#work(password, rest.value);
    rest.move(performance.now() - startedAt < this.#usualMs.value);
    return false;
  }

  #restOf({ scheme, parameters }: PhcHash, tookMs: number): Estimate {
    const cost = `${scheme} ${[...parameters].join(' ')}`;
    const known = this.#rests.get(cost);
    if (known !== undefined) return known;
    const [oldest] = this.#rests.keys();
    if (this.#rests.size >= MOST_COSTS && oldest !== undefined) this.#rests.delete(oldest);
    const first = new Estimate(Math.max(LEAST_STEP, 1 - tookMs / this.#usualMs.value));
    this.#rests.set(cost, first);
    return first;
  }

  /** Does so much of the usual work: in one piece, because it has to leave the same traces in the processor's caches. */
  #work(password: string, share: number): void {
    const { memoryKiB, passes, lanes } = this.#cost;
    const memoryCost = Math.floor(memoryKiB * Math.min(1, share));
    if (memoryCost < LEAST_KIB_PER_LANE * lanes) return;
    hashRawSync(password, { memoryCost, timeCost: passes, parallelism: lanes, outputLen: 32, salt: NO_SALT });
  }
}
