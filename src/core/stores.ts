// Everything the core asks a storage engine for, in one bundle.
import type { AccountStore } from './accounts/account-store.ts';
import type { DossierStore } from './accounts/dossier-store.ts';
import type { RegistrationKeys } from './accounts/registration-keys.ts';
import type { AllowanceStore } from './allowances/allowance-store.ts';
import type { AppStore } from './apps/app.ts';
import type { AuditStore } from './audit/audit-store.ts';
import type { AttemptStore } from './budgets/attempt-store.ts';
import type { CodeStore } from './codes/code-store.ts';
import type { BudgetRegister } from './decisions/budget-register.ts';
import type { DecisionStore } from './decisions/decision-store.ts';
import type { EndpointStore } from './endpoints/endpoint-store.ts';
import type { MetaStore } from './kernel/meta-store.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import type { SessionStore } from './sessions/session-store.ts';

/** The storage ports. An engine offers all of them over one database. */
export interface Stores {
  readonly accounts: AccountStore;
  readonly allowances: AllowanceStore;
  readonly apps: AppStore;
  readonly attempts: AttemptStore;
  readonly audit: AuditStore;
  readonly budgets: BudgetRegister;
  readonly codes: CodeStore;
  readonly decisions: DecisionStore;
  readonly dossiers: DossierStore;
  readonly endpoints: EndpointStore;
  readonly meta: MetaStore;
  readonly notices: NoticeStore;
  readonly registrations: RegistrationKeys;
  readonly sessions: SessionStore;
}
