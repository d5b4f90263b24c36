// Removes in batches, so that sign-ins get their turn in between.

/** So many rows at a time. */
export const BATCH = 1000;
/** A flood leaves more behind than one batch; what is left when a round grows too long goes with the next. */
const MOST_BATCHES = 500;

/** Takes steps until one finds nothing more to remove; how much went. */
export async function untilNothingGoes(step: () => Promise<number>): Promise<number> {
  let gone = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const count = await step();
    if (count === 0) break;
    gone += count;
  }
  return gone;
}
