// Everything the core asks a storage engine for, in one bundle.
import type { AccountStore } from './accounts/account-store.ts';
import type { AppStore } from './apps/app.ts';
import type { AuditStore } from './audit/audit-entry.ts';
import type { AttemptStore } from './budgets/attempt-store.ts';
import type { CodeStore } from './codes/code-store.ts';
import type { EndpointStore } from './endpoints/endpoint-store.ts';
import type { MetaStore } from './kernel/meta-store.ts';
import type { SessionStore } from './sessions/session-store.ts';

/** The storage ports. An engine offers all of them over one database. */
export interface Stores {
  readonly accounts: AccountStore;
  readonly apps: AppStore;
  readonly attempts: AttemptStore;
  readonly audit: AuditStore;
  readonly codes: CodeStore;
  readonly endpoints: EndpointStore;
  readonly meta: MetaStore;
  readonly sessions: SessionStore;
}
