// Compares a sealed segment with the rows that stand in its place now.
import { hashOf } from './audit-chain.ts';
import type { AuditChainDeps } from './audit-ends.ts';
import type { AuditMark, AuditSegment } from './audit-store.ts';

/** Whether the rows between the end of the segment before and the end of this one are those that were sealed. */
export async function isIntact(
  { audit, digests }: AuditChainDeps,
  before: Omit<AuditMark, 'seal'>,
  segment: AuditSegment,
): Promise<boolean> {
  const listed = await audit.list(before.lastId, segment.count + 1);
  const rows = listed.filter(({ id }) => id <= segment.lastId);
  return digests.equal(segment.hash, hashOf(digests, before.hash, { segment, rows }));
}
