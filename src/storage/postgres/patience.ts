// How long one request waits for the database in all: whoever waits for an answer does not care how many acts it takes.
import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseFault } from './faults.ts';

/** The longest waits. */
export interface Longest {
  /** For one act. */
  readonly actMs: number;
  /** For all acts of one request together. What is done beside the database, such as hashing, does not count. */
  readonly requestMs: number;
}

/** Keeps account of what each request has waited so far. */
export class Patience {
  readonly #longest: Longest;
  readonly #stopwatch: () => number;
  readonly #request = new AsyncLocalStorage<{ spentMs: number }>();

  /** @param stopwatch milliseconds of a clock that only goes forward */
  constructor(longest: Longest, stopwatch: () => number) {
    this.#longest = longest;
    this.#stopwatch = stopwatch;
  }

  /** Runs what answers a request. What it leaves running afterwards has time again: nobody waits for it. */
  async perRequest<T>(work: () => Promise<T>): Promise<T> {
    const account = { spentMs: 0 };
    try {
      return await this.#request.run(account, work);
    } finally {
      account.spentMs = Number.NEGATIVE_INFINITY;
    }
  }

  /** Runs something on nobody's account. */
  beside<T>(work: () => T): T {
    return this.#request.exit(work);
  }

  /** Runs an act, which is told how many milliseconds it has. @throws DatabaseFault when it has none */
  async spend<T>(act: (leftMs: number) => Promise<T>): Promise<T> {
    const { actMs, requestMs } = this.#longest;
    const account = this.#request.getStore();
    if (account === undefined) return act(actMs);
    const leftMs = requestMs - account.spentMs;
    if (leftMs <= 0) throw new DatabaseFault('the database took too long');
    const startedAt = this.#stopwatch();
    try {
      return await act(Math.min(actMs, leftMs));
    } finally {
      account.spentMs += this.#stopwatch() - startedAt;
    }
  }
}
