// Lets go of audit events and decision records that are past their age.
import { dropAudit } from '#core';
import type { House } from './house.ts';
import { BATCH, untilNothingGoes } from './until-nothing-goes.ts';

const DAY_MS = 86_400_000;

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
