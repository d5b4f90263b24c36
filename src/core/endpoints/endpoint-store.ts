// The port through which the operator's switches, one per endpoint, are kept.
import type { AuditEntry } from '../audit/audit-entry.ts';

/** Keeps which endpoints are closed. Absent means open. */
export interface EndpointStore {
  closed(): Promise<readonly string[]>;
  set(endpoint: string, isOpen: boolean, audit: AuditEntry): Promise<void>;
}
