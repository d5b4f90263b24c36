// The two ends of the chain, read and checked: what sealing goes on from, and what can be examined in a moment.
import type { Digests } from '../kernel/ports.ts';
import { GENESIS, isGenuine, type MarkName } from './audit-chain.ts';
import type { AuditMark, AuditMarks, AuditStore } from './audit-store.ts';

/** What reading the chain needs. */
export interface AuditChainDeps {
  readonly audit: AuditStore;
  readonly digests: Digests;
}

/** The ends of the chain, and what is wrong with them. */
export interface AuditEnds {
  /** The chain begins after it. */
  readonly anchor: Omit<AuditMark, 'seal'>;
  readonly head: Omit<AuditMark, 'seal'>;
  readonly problems: readonly string[];
}

/** Reads and checks both ends, without looking at any row between them. */
export async function readEnds({ audit, digests }: AuditChainDeps): Promise<AuditEnds> {
  const marks = await audit.marks();
  const anchor = marks.anchor ?? GENESIS;
  const head = marks.head ?? anchor;
  const forged = (['anchor', 'head'] as const).filter((name) => isForged(digests, name, marks));
  const problems = forged.map((name) => `the mark of the ${name} was not made with the keys of this store`);
  return { anchor, head, problems: [...problems, ...(await examineEnd(audit, marks, head))] };
}

function isForged(digests: Digests, name: MarkName, marks: AuditMarks): boolean {
  const mark = marks[name];
  return mark !== undefined && !isGenuine(digests, name, mark);
}

/** The newest segment is the one the head names, and nothing comes after it. */
async function examineEnd(
  audit: AuditStore,
  { head: mark, anchor }: AuditMarks,
  head: AuditEnds['head'],
): Promise<readonly string[]> {
  const beyond = await audit.segments(head.number, 1);
  if (beyond.length > 0) return [`segments stand after segment ${head.number}, the last one that was sealed`];
  if (mark === undefined) return anchor === undefined ? [] : ['the mark of the head is gone'];
  const isDropped = mark.number === anchor?.number;
  const [newest] = isDropped ? [anchor] : await audit.segments(head.number - 1, 1);
  return newest?.hash === head.hash ? [] : [`segment ${head.number}, the last one that was sealed, is gone or another`];
}
