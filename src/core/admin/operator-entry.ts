// The trace every act of the operator leaves.
import type { AuditEntry } from '../audit/audit-entry.ts';

/** What the act was about. */
export type Subject = Pick<AuditEntry, 'accountId' | 'appId' | 'endpoint'>;

/** Makes the audit entry of an act that succeeded; `operatorEntry` unless somebody else than the operator acts. */
export type ActEntry = (act: string, at: number, subject?: Subject) => AuditEntry;

/** The audit entry of an act that succeeded; the operator's source is the command line. */
export function operatorEntry(act: string, at: number, subject: Subject = {}): AuditEntry {
  return { at, act, outcome: 'success', source: 'cli', ...subject };
}
