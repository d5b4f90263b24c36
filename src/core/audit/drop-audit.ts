// Drops segments of the trail that are past their age, whole and oldest first; the anchor of the last one stays.
import { markOf } from './audit-chain.ts';
import { type AuditChainDeps, readEnds } from './audit-ends.ts';
import type { AuditMark, AuditSegment } from './audit-store.ts';
import { isIntact } from './is-intact.ts';

/** So many segments are looked at for one whose age can be believed. */
const MOST_WITNESSES = 10;

/**
 * Drops the oldest segment if all its rows are from before the instant; tells how many rows went.
 * A segment that was tampered with may lie about its age, so the first one after it that was not speaks for it.
 */
export const dropAudit =
  (deps: AuditChainDeps) =>
  async ({ before }: { readonly before: number }): Promise<number> => {
    const { anchor, problems } = await readEnds(deps);
    if (problems.length > 0) return 0;
    const segments = await deps.audit.segments(anchor.number, MOST_WITNESSES);
    const [oldest] = segments;
    if (oldest === undefined || segments.every(({ lastAt }) => lastAt >= before)) return 0;
    const witness = await firstIntact(deps, anchor, segments);
    if (witness === undefined || witness.lastAt >= before) return 0;
    return deps.audit.drop(markOf(deps.digests, 'anchor', oldest));
  };

async function firstIntact(
  deps: AuditChainDeps,
  anchor: Omit<AuditMark, 'seal'>,
  segments: readonly AuditSegment[],
): Promise<AuditSegment | undefined> {
  let before = anchor;
  for (const segment of segments) {
    if (await isIntact(deps, before, segment)) return segment;
    before = segment;
  }
  return undefined;
}
