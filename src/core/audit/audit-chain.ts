// How rows become segments and segments a chain: which rows may be sealed, over which bytes, and what attests to the ends.
import type { Digests } from '../kernel/ports.ts';
import type { AuditRecord } from './audit-entry.ts';
import type { AuditMark, AuditSegment } from './audit-store.ts';

/** A segment is read, hashed and dropped in one go, so it stays small. */
export const MOST_ROWS = 500;

/** Where the chain begins when nothing was ever dropped. */
export const GENESIS: Omit<AuditMark, 'seal'> = { number: 0, lastId: 0, hash: '' };

/** A row may get its number a moment before it can be seen. */
const SETTLED_MS = 10_000;
/** A number that is missing was given back, or belongs to a row that is still being written. */
const GAP_SETTLED_MS = 60_000;
/** Segments are dropped whole, so none keeps an old row for the sake of a young one. */
const LONGEST_MS = 86_400_000;

/** Those of the rows after `after` that make the next segment now. */
export function sealable(
  rows: readonly AuditRecord[],
  { after, now }: { readonly after: number; readonly now: number },
): readonly AuditRecord[] {
  const end = rows.findIndex((row, index) => {
    const settledBy = row.id === (rows[index - 1]?.id ?? after) + 1 ? SETTLED_MS : GAP_SETTLED_MS;
    return row.at > now - settledBy || Math.abs(row.at - (rows[0]?.at ?? 0)) > LONGEST_MS;
  });
  return rows.slice(0, end < 0 ? MOST_ROWS : Math.min(end, MOST_ROWS));
}

/** The segment of these rows, which are not empty, after the one before. */
export function segmentOf(
  digests: Pick<Digests, 'keyed'>,
  before: Pick<AuditMark, 'hash' | 'number'>,
  rows: readonly AuditRecord[],
): AuditSegment {
  const instants = rows.map(({ at }) => at);
  const segment = {
    number: before.number + 1,
    firstId: rows[0]?.id ?? 0,
    lastId: rows.at(-1)?.id ?? 0,
    count: rows.length,
    firstAt: Math.min(...instants),
    lastAt: Math.max(...instants),
  };
  return { ...segment, hash: hashOf(digests, before.hash, { segment, rows }) };
}

/** The hash over the segment and its rows, chained to the hash before. Keyed: whoever can write the database cannot make it anew. */
export function hashOf(
  digests: Pick<Digests, 'keyed'>,
  before: string,
  { segment, rows }: { readonly segment: Omit<AuditSegment, 'hash'>; readonly rows: readonly AuditRecord[] },
): string {
  const { number, firstId, lastId, count, firstAt, lastAt } = segment;
  const lines = [[before, number, firstId, lastId, count, firstAt, lastAt], ...rows.map(canonical)];
  return digests.keyed('audit-segment', lines.map((line) => JSON.stringify(line)).join('\n'));
}

function canonical(row: AuditRecord): readonly (number | string | null)[] {
  const { id, at, act, outcome, reason, accountId, actorId, source, dialect, endpoint, appId, requestId } = row;
  const texts = [act, outcome, reason, accountId, actorId, source, dialect, endpoint, appId, requestId];
  return [id, at, ...texts.map((text) => text ?? null)];
}

/** Which end of the chain a mark stands for. */
export type MarkName = 'anchor' | 'head';

/** The mark of a segment. */
export function markOf(
  digests: Pick<Digests, 'keyed'>,
  name: MarkName,
  { number, lastId, hash }: Omit<AuditMark, 'seal'>,
): AuditMark {
  return { number, lastId, hash, seal: digests.keyed(`audit-${name}`, JSON.stringify([number, lastId, hash])) };
}

/** Whether we made the mark. */
export function isGenuine(digests: Pick<Digests, 'equal' | 'keyed'>, name: MarkName, mark: AuditMark): boolean {
  return digests.equal(mark.seal, markOf(digests, name, mark).seal);
}
