// What was decided under a support code, so that whoever answers the telephone can tell why.
import type { AuditRecord, AuditStore } from '../audit/audit-entry.ts';

const PAGE = 2000;

/** Every entry of the trail that carries the code, oldest first. Reads the trail from its beginning. */
export const explainRefusal =
  ({ audit }: { readonly audit: Pick<AuditStore, 'list'> }) =>
  async ({ supportCode }: { readonly supportCode: string }): Promise<readonly AuditRecord[]> => {
    const found: AuditRecord[] = [];
    for (let after = 0; ;) {
      const page = await audit.list(after, PAGE);
      found.push(...page.filter(({ requestId }) => requestId === supportCode));
      const last = page.at(-1);
      if (last === undefined) return found;
      after = last.id;
    }
  };
