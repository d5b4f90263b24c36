// Lets go of audit events and decision records that are past their age.
import { dropAudit } from '#core';
import type { House } from './house.ts';

const DAY_MS = 86_400_000;
const BATCH = 1000;
const MOST_BATCHES = 500;

/** How many rows went. */
export interface Retired {
  readonly audit: number;
  readonly decisions: number;
}

/** One round, a little at a time. */
export function retiring({
  config,
  stores,
  clock,
  digests,
}: Pick<House, 'clock' | 'config' | 'digests' | 'stores'>): () => Promise<Retired> {
  const drop = dropAudit({ audit: stores.audit, digests });
  return async () => {
    const now = clock.now();
    const eldest = now - config.audit.retentionDays * DAY_MS;
    const keep = {
      before: now - config.decisions.retentionDays * DAY_MS,
      records: config.decisions.maxRecords,
    };
    return {
      audit: await untilNothingGoes(() => drop({ before: eldest })),
      decisions: await untilNothingGoes(() => stores.decisions.sweep(keep, BATCH)),
    };
  };
}

/** What is left when a round grows too long goes with the next. */
async function untilNothingGoes(step: () => Promise<number>): Promise<number> {
  let gone = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const count = await step();
    if (count === 0) break;
    gone += count;
  }
  return gone;
}
