// How many challenges a source may ask for: drawing and keeping them costs us more than asking costs it.
import type { Source } from '../budgets/source.ts';
import type { Cache, Clock } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';

/** What was asked for within the current minute. */
export interface Asked {
  readonly startedAt: number;
  readonly times: number;
}

/** What counting needs. */
export interface AllowanceDeps {
  readonly clock: Clock;
  readonly perMinute: number;
  /** Counts by source; the one not heard of for longest is forgotten first. */
  readonly asked: Cache<string, Asked>;
}

const MINUTE_MS = 60_000;

/** Counts in memory: what it protects is this process. */
export class ChallengeAllowance {
  readonly #deps: AllowanceDeps;

  constructor(deps: AllowanceDeps) {
    this.#deps = deps;
  }

  /** @throws Refusal `challenge.too-many` */
  charge({ bucket }: Source): void {
    const { asked, clock, perMinute } = this.#deps;
    const now = clock.now();
    const before = asked.get(bucket);
    const isFresh = before === undefined || now >= before.startedAt + MINUTE_MS;
    const { startedAt, times } = isFresh ? { startedAt: now, times: 0 } : before;
    if (times >= perMinute) {
      const retryAfterSeconds = Math.ceil((startedAt + MINUTE_MS - now) / 1000);
      throw new Refusal('challenge.too-many', { field: 'source', retryAfterSeconds });
    }
    asked.set(bucket, { startedAt, times: times + 1 });
  }
}
