// What a hashing thread says, heard without the crew around it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';

import type { HashWorkerData } from './hash-worker.ts';
import type { HashJob, WorkerAnswer } from './jobs.ts';

const DATA: HashWorkerData = { cost: { memoryKiB: 19_456, passes: 2, lanes: 1 }, niceness: 10 };
const JOB: HashJob = { kind: 'verify', password: 'correct horse', passwordHash: null };

let worker: Worker;

afterEach(() => worker.terminate());

async function heard(): Promise<readonly string[]> {
  const [answers] = (await once(worker, 'message')) as [readonly WorkerAnswer[]];
  return answers.map(({ kind }) => kind);
}

describe('a hashing thread with four jobs at hand', () => {
  it('answers three together, and the one that is left', async () => {
    worker = new Worker(new URL('hash-worker.ts', import.meta.url), { workerData: DATA });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    for (const job of [JOB, JOB, JOB, JOB]) worker.postMessage(job);

    const lists = [await heard(), await heard(), await heard()];

    expect(lists).toEqual([['ready'], ['verified', 'verified', 'verified'], ['verified']]);
  });
});
