// One worker thread as the pool sees it: jobs go in, answers come out in the same order, and a crash gives the rest back.
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { HashWorkerData } from './hash-worker.ts';
import type { HashAnswer, HashJob, WorkerAnswer } from './jobs.ts';

/** A job somebody waits for. */
export interface PendingJob {
  readonly job: HashJob;
  readonly done: (answer: HashAnswer) => void;
  readonly failed: (fault: Error) => void;
}

/** Whom a hasher tells what happens to it. */
export interface HasherWatch {
  /** How long a job took. */
  readonly took: (milliseconds: number) => void;
  /** The thread is gone although nobody closed it; these jobs were still waiting for it. */
  readonly gone: (hasher: Hasher, jobs: readonly PendingJob[]) => void;
}

/** The thread keeps next to nothing on its own heap: a small one keeps the memory of a server at rest small. */
const HEAP = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32, codeRangeSizeMb: 8, stackSizeMb: 2 } as const;

/** A worker thread. */
export class Hasher {
  readonly #worker: Worker;
  readonly #watch: HasherWatch;
  readonly #ready = Promise.withResolvers<undefined>();
  #pending: PendingJob[] = [];
  #isClosing = false;

  constructor(data: HashWorkerData, watch: HasherWatch) {
    this.#watch = watch;
    this.#worker = new Worker(new URL('hash-worker.ts', import.meta.url), {
      workerData: data,
      execArgv: [],
      env: environment(),
      resourceLimits: HEAP,
      name: 'password-hasher',
    });
    this.#worker.on('message', (answers: readonly WorkerAnswer[]) => {
      for (const answer of answers) this.#receive(answer);
    });
    this.#worker.on('error', (fault: Error) => this.#lose(fault));
    this.#worker.on('exit', (code) => this.#lose(new Error(`a hash worker ended with code ${code}`)));
    this.#ready.promise.catch(() => {});
  }

  /** How many jobs it has not answered. */
  get load(): number {
    return this.#pending.length;
  }

  /** Resolves once the thread has loaded and warmed itself up. */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  give(pending: PendingJob): void {
    // Somebody waits for an answer now: the process must not end before it.
    if (this.#pending.length === 0) this.#worker.ref();
    this.#pending.push(pending);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(pending.job);
  }

  /** Ends the thread, at the latest when its present job is done. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
    this.#failAll(new Error('the password pool was closed'));
  }

  #receive(answer: WorkerAnswer): void {
    // The first hash of a thread is of code that was never run before, and says nothing of the next.
    if (answer.kind !== 'ready') this.#watch.took(answer.tookMs);
    const pending = answer.kind === 'ready' ? undefined : this.#pending.shift();
    // Nobody waits any more: an idle thread alone does not keep the process alive.
    if (this.#pending.length === 0) this.#worker.unref();
    if (answer.kind === 'ready') this.#ready.resolve(undefined);
    else if (answer.kind === 'failed') pending?.failed(new Error(`hashing failed: ${answer.message}`));
    else pending?.done(answer);
  }

  /** The job it was at may be what killed it, so that one is not tried again; those behind it are given back. */
  #lose(fault: Error): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#ready.reject(fault);
    const [first, ...rest] = this.#pending;
    this.#pending = [];
    first?.failed(fault);
    this.#watch.gone(this, rest);
  }

  #failAll(fault: Error): void {
    this.#ready.reject(fault);
    for (const { failed } of this.#pending.splice(0)) failed(fault);
  }
}

/**
 * Variables of the process, the keys among them, are none of a worker's business. The cache of compiled code is: without
 * it each thread loads the compiler, which takes 20 MiB.
 */
function environment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
