// The port of the audit trail: rows that are only ever appended, and the segments they are sealed into.
import type { AuditEntry, AuditRecord } from './audit-entry.ts';

/** A run of rows that was sealed: its hash covers them, these fields and the hash of the segment before. */
export interface AuditSegment {
  /** Counts from 1, without gaps. */
  readonly number: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly count: number;
  /** The earliest and the latest instant among its rows. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly hash: string;
}

/** A place in the chain that is attested with a key of ours, so that nobody who can only write the database can move it. */
export interface AuditMark {
  readonly number: number;
  readonly lastId: number;
  readonly hash: string;
  readonly seal: string;
}

/** Where the chain begins and ends. */
export interface AuditMarks {
  /** The last segment that was dropped for its age; the chain begins after it. */
  readonly anchor?: AuditMark;
  /** The newest segment. */
  readonly head?: AuditMark;
}

/** Reads the trail, takes entries that belong to no other act, and keeps the segments. */
export interface AuditStore {
  /** In order of id, after the given one. */
  list(after: number, limit: number): Promise<readonly AuditRecord[]>;
  /** The newest first, before the given one if there is one. */
  newest(limit: number, before?: number): Promise<readonly AuditRecord[]>;
  /** Appends entries; survives the death of the process, not necessarily a loss of power. */
  append(entries: readonly AuditEntry[]): Promise<void>;
  /** How many rows come after the given one. */
  countAfter(id: number): Promise<number>;
  /** In order of number, after the given one. */
  segments(after: number, limit: number): Promise<readonly AuditSegment[]>;
  marks(): Promise<AuditMarks>;
  /**
   * Adds the segment and moves the head to it, if it is the next one and the rows after `after` are still as many as it covers;
   * of several who seal at once one succeeds.
   */
  seal(sealing: { readonly after: number; readonly segment: AuditSegment; readonly head: AuditMark }): Promise<boolean>;
  /** Removes the oldest segment with its rows and moves the anchor to it; tells how many rows went. Zero when it is not the oldest. */
  drop(anchor: AuditMark): Promise<number>;
  /** Forgets every segment and both marks, and keeps the rows: the next sealing begins a new chain. */
  restart(audit: AuditEntry): Promise<void>;
}
