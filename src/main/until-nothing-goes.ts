// Removes in batches, so that sign-ins get their turn in between.
import { setTimeout as pause } from 'node:timers/promises';

/** So many rows at a time: a sign-in that wants to write waits a few milliseconds for them. */
export const BATCH = 250;
/** A flood leaves more behind than one batch; what is left when a round grows too long goes with the next. */
const MOST_BATCHES = 2000;
/** Whoever has come meanwhile is not made to wait for the next batch as well. */
const REST_MS = 10;

/** Takes steps until one finds nothing more to remove; how much went. */
export async function untilNothingGoes(step: () => Promise<number>): Promise<number> {
  let gone = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const count = await step();
    if (count === 0) break;
    gone += count;
    await pause(REST_MS, undefined, { ref: false });
  }
  return gone;
}
