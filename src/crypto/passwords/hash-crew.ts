// The worker threads together: each job goes to the one with the least to do, and a lost thread is replaced.
import { Hasher, type HasherWatch, type PendingJob } from './hasher.ts';
import type { HashWorkerData } from './hash-worker.ts';
import type { HashAnswer, HashJob } from './jobs.ts';

/** A fixed number of threads, each started when there is work for it. */
export class HashCrew {
  readonly #size: number;
  readonly #data: HashWorkerData;
  readonly #watch: HasherWatch;
  readonly #hashers: Hasher[] = [];
  #lost = 0;
  #isClosed = false;

  constructor(size: number, data: HashWorkerData, took: (milliseconds: number) => void) {
    this.#size = size;
    this.#data = data;
    this.#watch = { took, gone: (hasher, jobs) => this.#replace(hasher, jobs) };
  }

  /** Threads alive and threads that crashed so far. */
  get census(): { readonly alive: number; readonly lost: number } {
    return { alive: this.#hashers.length, lost: this.#lost };
  }

  /** Starts every thread. */
  async warmUp(): Promise<void> {
    while (this.#hashers.length < this.#size) this.#start();
    await Promise.all(this.#hashers.map(({ ready }) => ready));
  }

  async run(job: HashJob): Promise<HashAnswer> {
    if (this.#isClosed) throw new Error('the password pool was closed');
    return new Promise((done, failed) => {
      this.#assign({ job, done, failed });
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#hashers.splice(0).map((hasher) => hasher.close()));
  }

  #assign(pending: PendingJob): void {
    const idlest = this.#hashers.toSorted((one, other) => one.load - other.load)[0];
    const hasher = idlest && (idlest.load === 0 || this.#hashers.length === this.#size) ? idlest : this.#start();
    hasher.give(pending);
  }

  #start(): Hasher {
    const hasher = new Hasher(this.#data, this.#watch);
    this.#hashers.push(hasher);
    return hasher;
  }

  /** Starts nothing by itself: a thread that cannot live would be started for ever. */
  #replace(hasher: Hasher, jobs: readonly PendingJob[]): void {
    this.#lost += 1;
    this.#hashers.splice(this.#hashers.indexOf(hasher), 1);
    for (const pending of jobs) this.#assign(pending);
  }
}
