// What the pool and its worker threads say to each other.
import type { CheckedPassword } from './password-checker.ts';

/** Work for a worker. Workers do it in the order in which they are given it. */
export type HashJob =
  | { readonly kind: 'hash'; readonly password: string }
  | { readonly kind: 'verify'; readonly password: string; readonly passwordHash: string | null };

/** What a worker answers, in lists: once `ready`, then one answer a job. */
export type WorkerAnswer =
  | { readonly kind: 'ready'; readonly tookMs: number }
  | { readonly kind: 'hashed'; readonly passwordHash: string; readonly tookMs: number }
  | { readonly kind: 'verified'; readonly verdict: CheckedPassword; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly message: string; readonly tookMs: number };

/** Answers of a job that was done. */
export type HashAnswer = Extract<WorkerAnswer, { kind: 'hashed' | 'verified' }>;
