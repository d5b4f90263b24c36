// Waiting for what another process will have heard of in a moment.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 15_000;

/** Looks until it is so; how many milliseconds that took. @throws Error when it never is */
export async function soon(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    if (await isSo()) return performance.now() - startedAt;
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error('it never came to be so');
    await pause(LOOK_EVERY_MS);
  }
}
