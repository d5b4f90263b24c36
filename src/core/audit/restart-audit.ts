// Begins a new chain over the rows that are there, once it is known what is wrong with the old one.
import type { Clock } from '../kernel/ports.ts';
import { operatorEntry } from '../admin/operator-entry.ts';
import type { AuditStore } from './audit-store.ts';

/** Gives the old chain up; the trail itself says so ever after. */
export const restartAudit =
  ({ audit, clock }: { readonly audit: Pick<AuditStore, 'restart'>; readonly clock: Clock }) =>
  async (): Promise<void> =>
    audit.restart(operatorEntry('audit.restart', clock.now()));
