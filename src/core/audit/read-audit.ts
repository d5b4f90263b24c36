// Reads the trail from some place on, a page at a time, however long it is.
import type { AuditRecord } from './audit-entry.ts';
import type { AuditStore } from './audit-store.ts';
import { seekAudit } from './seek-audit.ts';

const PAGE = 500;

/** Where to begin: after a row, at an instant, or at the beginning. */
export interface AuditExtent {
  readonly after?: number;
  readonly since?: number;
}

/** Every row from there on, in order of id. */
export const readAudit = ({ audit }: { readonly audit: Pick<AuditStore, 'list'> }) =>
  async function* ({ after = 0, since = 0 }: AuditExtent): AsyncGenerator<readonly AuditRecord[]> {
    let last = Math.max(after, since > 0 ? await seekAudit({ audit })(since) : 0);
    for (;;) {
      const page = await audit.list(last, PAGE);
      const end = page.at(-1);
      if (end === undefined) return;
      yield page.filter(({ at }) => at >= since);
      last = end.id;
    }
  };
