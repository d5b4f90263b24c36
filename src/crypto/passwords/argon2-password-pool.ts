// Password hashing in worker threads of low priority: bounded, first come first served, and off the event loop.
import { type Entrant, type PasswordPool, type PasswordVerdict, type PoolPlace, Refusal, type Secret } from '#core';

import { type Argon2Cost, concurrencyFor, costProblems, thisMachine } from './cost.ts';
import { HashCrew } from './hash-crew.ts';
import type { HashJob } from './jobs.ts';
import { goneAway, type Guest, type RoomCensus, WaitingRoom } from './waiting-room.ts';

/** How the pool is bounded and what a hash costs. */
export interface PasswordPoolOptions {
  readonly argon2: Argon2Cost;
  /** Hashes at once; 0 means as many as there are cores, within a quarter of the memory. */
  readonly concurrency: number;
  /** Most sign-ins that may wait for a place. */
  readonly queue: number;
  /** Longest predicted wait for a place; beyond it the answer is "busy" at once. */
  readonly waitMs: number;
  /**
   * Weight of the threads against the event loop and whatever else runs in their group, 0 to 19 as in nice(1), on Linux; 0 if it is left out.
   * At 19 a busy neighbour starves them, where it is not held back by a group of its own.
   */
  readonly niceness?: number;
  /** Whether somebody has signed in from there lately: they come before strangers. Nobody is known if it is left out. */
  readonly isKnown?: (source: string) => boolean;
}

/** What the pool has done and is doing, for metrics. Counters count from the start of the process. */
export interface PasswordPoolStats extends RoomCensus {
  readonly hashes: number;
  /** Verifications of a stored hash. */
  readonly verifications: number;
  /** Verifications for show: no account, no password, or a hash that cannot be used. */
  readonly decoys: number;
  /** Had a place, but were not verified: it was too late, or the client had gone. */
  readonly spared: number;
  /** Sign-ins a second that leave a fifth of the hashing to spare, at the present cost of one; 0 before the first. */
  readonly safePerSecond: number;
  readonly concurrency: number;
  readonly workers: number;
  /** Workers that crashed. */
  readonly lostWorkers: number;
}

/** A pool with a life: started, watched and ended by whoever opened it. */
export interface OpenPasswordPool extends PasswordPool {
  /** Starts the threads now rather than with the first password, and measures what they can do. */
  warmUp(): Promise<void>;
  stats(): PasswordPoolStats;
  /** Turns away whoever waits and ends the threads. */
  close(): Promise<void>;
}

/** A thread has three jobs at hand, which it answers together, while those it answered last talk to the database. */
const PLACES_PER_HASHER = 5;
/** After so many of the longest waits an attempt is not verified any more: its client has given up. */
const DEADLINE_WAITS = 2.5;
/** Hashes of each thread by which its pace is known before anybody comes. */
const TRIAL_HASHES = 2;
/** What may be promised of what can be done: sign-ins also read and write, and traffic comes in waves. */
const SAFE_SHARE = 0.8;

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
  readonly #deadlineMs: number;
  readonly #isKnown: (source: string) => boolean;
  readonly #counts = { hashes: 0, verifications: 0, decoys: 0, spared: 0 };

  constructor(
    { argon2, queue, waitMs, niceness = 0, isKnown = () => false }: PasswordPoolOptions,
    concurrency: number,
  ) {
    this.#concurrency = concurrency;
    this.#deadlineMs = waitMs * DEADLINE_WAITS;
    this.#isKnown = isKnown;
    this.#room = new WaitingRoom({ places: concurrency * PLACES_PER_HASHER, concurrency, queue, waitMs });
    this.#crew = new HashCrew(concurrency, { cost: argon2, niceness }, (ms) => this.#room.observe(ms));
  }

  async enter(entrant?: Entrant): Promise<PoolPlace> {
    const deadline = performance.now() + this.#deadlineMs;
    await this.#room.enter(entrant && this.#guestOf(entrant));
    let isInside = true;
    const whileInside = async <T>(work: () => Promise<T>): Promise<T> => {
      if (!isInside) throw new Error('the place was given up already');
      return work();
    };
    return {
      verify: (passwordHash, password) =>
        whileInside(() => {
          this.#assertWorthIt(deadline, entrant);
          return this.#verify(passwordHash, password);
        }),
      hash: (password) => whileInside(() => this.#hash(password)),
      leave: () => {
        if (isInside) this.#room.leave();
        isInside = false;
      },
    };
  }

  async warmUp(): Promise<void> {
    await this.#crew.warmUp();
    const trial: HashJob = { kind: 'verify', passwordHash: null, password: '' };
    await Promise.all(Array.from({ length: this.#concurrency * TRIAL_HASHES }, () => this.#crew.run(trial)));
  }

  stats(): PasswordPoolStats {
    const { alive, lost } = this.#crew.census;
    const room = this.#room.census;
    const perSecond = room.hashMs === 0 ? 0 : (this.#concurrency * 1000) / room.hashMs;
    return {
      ...this.#counts,
      ...room,
      safePerSecond: Math.floor(perSecond * SAFE_SHARE),
      concurrency: this.#concurrency,
      workers: alive,
      lostWorkers: lost,
    };
  }

  async close(): Promise<void> {
    this.#room.close();
    await this.#crew.close();
  }

  /** The line of operators is for those among them who come from somewhere new. */
  #guestOf({ source, isForOperators, isGone }: Entrant): Guest {
    if (this.#isKnown(source)) return { standing: 'known', source, isGone };
    return { standing: isForOperators ? 'operator' : 'stranger', source, isGone };
  }

  /** @throws Refusal `server.busy` */
  #assertWorthIt(deadline: number, entrant: Entrant | undefined): void {
    const isGone = entrant?.isGone() === true;
    if (!isGone && performance.now() <= deadline) return;
    this.#counts.spared += 1;
    throw isGone ? goneAway() : new Refusal('server.busy', { retryAfterSeconds: 1, remark: 'the deadline has passed' });
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
