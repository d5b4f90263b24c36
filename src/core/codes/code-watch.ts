// Who is told what becomes of codes, so that it can be counted.
import type { Channel } from '../couriers/courier.ts';

/** Counts. Must not throw. */
export interface CodeWatch {
  sent(channel: Channel): void;
  /** By the name of the allowance that was used up. */
  refused(allowance: string): void;
  failed(channel: Channel): void;
}

/** Where nobody counts. */
export const UNWATCHED: CodeWatch = { sent: () => undefined, refused: () => undefined, failed: () => undefined };
