// Password hashing in worker threads of low priority: bounded, first come first served, and off the event loop.
import type { PasswordPool, PasswordVerdict, PoolPlace, Secret } from '#core';

import { type Argon2Cost, concurrencyFor, costProblems, thisMachine } from './cost.ts';
import { HashCrew } from './hash-crew.ts';
import { WaitingRoom } from './waiting-room.ts';

/** How the pool is bounded and what a hash costs. */
export interface PasswordPoolOptions {
  readonly argon2: Argon2Cost;
  /** Hashes at once; 0 means as many as there are cores, within a quarter of the memory. */
  readonly concurrency: number;
  /** Most sign-ins that may wait for a place. */
  readonly queue: number;
  /** Longest predicted wait for a place; beyond it the answer is "busy" at once. */
  readonly waitMs: number;
}

/** What the pool has done and is doing, for metrics. Counters count from the start of the process. */
export interface PasswordPoolStats {
  readonly hashes: number;
  /** Verifications of a stored hash. */
  readonly verifications: number;
  /** Verifications for show: no account, no password, or a hash that cannot be used. */
  readonly decoys: number;
  /** Turned away with `server.busy`. */
  readonly refused: number;
  readonly inside: number;
  readonly waiting: number;
  /** Usual time of one hash at present, milliseconds. */
  readonly hashMs: number;
  readonly concurrency: number;
  readonly workers: number;
  /** Workers that crashed. */
  readonly lostWorkers: number;
}

/** A pool with a life: started, watched and ended by whoever opened it. */
export interface OpenPasswordPool extends PasswordPool {
  /** Starts the threads now rather than with the first password. */
  warmUp(): Promise<void>;
  stats(): PasswordPoolStats;
  /** Turns away whoever waits and ends the threads. */
  close(): Promise<void>;
}

/** A thread has three jobs at hand, which it answers together, while those it answered last talk to the database. */
const PLACES_PER_HASHER = 5;
/** Weight of a hashing thread against the event loop: 1 to 9. More would let other programs on the machine starve it. */
const NICENESS = 10;

/**
 * Opens the pool. Threads start with the first password, or with `warmUp`.
 * @throws RangeError when a parameter is below the floor or above the ceiling
 */
export function openPasswordPool(options: PasswordPoolOptions): OpenPasswordPool {
  const problems = costProblems(options.argon2);
  if (problems.length > 0) throw new RangeError(`Argon2: ${problems.join('; ')}`);
  return new Argon2PasswordPool(options, options.concurrency || concurrencyFor(options.argon2, thisMachine()));
}

class Argon2PasswordPool implements OpenPasswordPool {
  readonly #room: WaitingRoom;
  readonly #crew: HashCrew;
  readonly #concurrency: number;
  readonly #counts = { hashes: 0, verifications: 0, decoys: 0 };

  constructor({ argon2, queue, waitMs }: PasswordPoolOptions, concurrency: number) {
    this.#concurrency = concurrency;
    this.#room = new WaitingRoom({ places: concurrency * PLACES_PER_HASHER, concurrency, queue, waitMs });
    this.#crew = new HashCrew(concurrency, { cost: argon2, niceness: NICENESS }, (ms) => this.#room.observe(ms));
  }

  async enter(): Promise<PoolPlace> {
    await this.#room.enter();
    let isInside = true;
    const whileInside = async <T>(work: () => Promise<T>): Promise<T> => {
      if (!isInside) throw new Error('the place was given up already');
      return work();
    };
    return {
      verify: (passwordHash, password) => whileInside(() => this.#verify(passwordHash, password)),
      hash: (password) => whileInside(() => this.#hash(password)),
      leave: () => {
        if (isInside) this.#room.leave();
        isInside = false;
      },
    };
  }

  warmUp(): Promise<void> {
    return this.#crew.warmUp();
  }

  stats(): PasswordPoolStats {
    const { alive, lost } = this.#crew.census;
    return { ...this.#counts, ...this.#room.census, concurrency: this.#concurrency, workers: alive, lostWorkers: lost };
  }

  async close(): Promise<void> {
    this.#room.close();
    await this.#crew.close();
  }

  async #verify(passwordHash: string | null, password: Secret): Promise<PasswordVerdict> {
    const answer = await this.#crew.run({ kind: 'verify', passwordHash, password: password.reveal() });
    if (answer.kind !== 'verified') throw new Error('a hash worker answered another question');
    const { matches, isOutdated, isDecoy } = answer.verdict;
    this.#counts[isDecoy ? 'decoys' : 'verifications'] += 1;
    return { matches, isOutdated };
  }

  async #hash(password: Secret): Promise<string> {
    const answer = await this.#crew.run({ kind: 'hash', password: password.reveal() });
    if (answer.kind !== 'hashed') throw new Error('a hash worker answered another question');
    this.#counts.hashes += 1;
    return answer.passwordHash;
  }
}
