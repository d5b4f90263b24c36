// What the writing thread and the rest of the process say to each other, in batches.
import type { ActCall, ActKind } from '../sql/acts.ts';
import type { Written } from './group-commit.ts';
import type { ErrorMessage } from './thread-errors.ts';

/** An act the thread is asked to perform. */
export interface WriteRequest {
  readonly id: number;
  readonly call: ActCall;
  readonly kind: ActKind;
}

/** What became of it, once it is committed or undone. */
export type WriteReply = { readonly id: number } & (Written | { readonly error: ErrorMessage });

/** To the thread: acts, or to finish them and end. */
export type ToThread = readonly WriteRequest[] | 'close';

/** From the thread: replies, or that it is at work. */
export type FromThread = readonly WriteReply[] | 'ready';
