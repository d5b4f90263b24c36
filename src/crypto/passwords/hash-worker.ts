// A worker thread that hashes and verifies passwords, one after the other, at a lower priority than the event loop.
import { setPriority } from 'node:os';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

import type { Argon2Cost } from './cost.ts';
import type { HashJob, WorkerAnswer } from './jobs.ts';
import { PasswordChecker } from './password-checker.ts';

/** What a worker is started with. */
export interface HashWorkerData {
  readonly cost: Argon2Cost;
  /** 0 to 19, as in nice(1). */
  readonly niceness: number;
}

/**
 * So many answers travel together while there is more to do: whoever receives them has been pushed out of the processor's
 * caches by the hashing, and to be woken once instead of three times is half of what a login costs beside its hash.
 */
const MOST_TOGETHER = 3;

function answersTo(checker: PasswordChecker, first: HashJob, port: MessagePort): readonly WorkerAnswer[] {
  const answers = [answerTo(checker, first)];
  while (answers.length < MOST_TOGETHER) {
    const next: { readonly message: HashJob } | undefined = receiveMessageOnPort(port);
    if (next === undefined) break;
    answers.push(answerTo(checker, next.message));
  }
  return answers;
}

function answerTo(checker: PasswordChecker, job: HashJob): WorkerAnswer {
  const startedAt = performance.now();
  const tookMs = (): number => performance.now() - startedAt;
  try {
    if (job.kind === 'hash') {
      return { kind: 'hashed', passwordHash: checker.hash(job.password), tookMs: tookMs() };
    }
    const verdict = checker.verify(job.passwordHash, job.password);
    return { kind: 'verified', verdict, tookMs: tookMs() };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : 'unknown', tookMs: tookMs() };
  }
}

function start(data: HashWorkerData): void {
  const port = parentPort;
  if (!port) throw new Error('this file runs as a worker thread only');
  // On Linux the number 0 means the calling thread alone; elsewhere it would slow the whole process down.
  if (process.platform === 'linux') setPriority(0, data.niceness);
  const checker = new PasswordChecker(data.cost);
  const startedAt = performance.now();
  checker.verify(null, '');
  port.on('message', (job: HashJob) => port.postMessage(answersTo(checker, job, port)));
  port.postMessage([{ kind: 'ready', tookMs: performance.now() - startedAt }] satisfies readonly WorkerAnswer[]);
}

start(workerData as HashWorkerData);
