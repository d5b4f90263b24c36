// Seals what was written since the last time, in the background: neither a sign-in nor another instance waits for the chain.
import type { Clock } from '../kernel/ports.ts';
import { markOf, MOST_ROWS, sealable, segmentOf } from './audit-chain.ts';
import { type AuditChainDeps, readEnds } from './audit-ends.ts';
import type { AuditSegment } from './audit-store.ts';

/** One call makes so many segments at most; a flood is sealed over several calls. */
const MOST_SEGMENTS = 200;

/** Seals what has settled; the newest segment it made, if any. @throws Error when the chain it would go on from is broken */
export const sealAudit =
  (deps: AuditChainDeps & { readonly clock: Clock }) => async (): Promise<AuditSegment | undefined> => {
    let newest: AuditSegment | undefined;
    for (let made = 0; made < MOST_SEGMENTS; made += 1) {
      const segment = await sealNext(deps);
      if (segment === undefined) break;
      newest = segment;
    }
    return newest;
  };

async function sealNext(deps: AuditChainDeps & { readonly clock: Clock }): Promise<AuditSegment | undefined> {
  const { audit, clock, digests } = deps;
  const { head, problems } = await readEnds(deps);
  // What is sealed onto a broken chain would look as if it were whole.
  if (problems[0] !== undefined) throw new Error(`the audit trail is not sealed any further: ${problems[0]}`);
  const after = head.lastId;
  const rows = sealable(await audit.list(after, MOST_ROWS), { after, now: clock.now() });
  if (rows.length === 0) return undefined;
  const segment = segmentOf(digests, head, rows);
  const isSealed = await audit.seal({ after, segment, head: markOf(digests, 'head', segment) });
  return isSealed ? segment : undefined;
}
