// Every promise of the storage ports, in one place for all engines.
import { describeAccountChanges } from '../core/accounts/account-changes.contract.ts';
import { describeAdministeredAccounts } from '../core/accounts/administered-account.contract.ts';
import { describeOwnAccounts } from '../core/accounts/own-account.contract.ts';
import { describeAccountIdentifiers } from '../core/accounts/account-identifiers.contract.ts';
import { describeAccountStore } from '../core/accounts/account-store.contract.ts';
import { describeDossierStore } from '../core/accounts/dossier-store.contract.ts';
import { describeRegistrationKeys } from '../core/accounts/registration-keys.contract.ts';
import { describeAllowanceStore } from '../core/allowances/allowance-store.contract.ts';
import { describeAppStore } from '../core/apps/app-store.contract.ts';
import { describeAuditSegments } from '../core/audit/audit-segments.contract.ts';
import { describeAuditStore } from '../core/audit/audit-store.contract.ts';
import { describeAttemptStore } from '../core/budgets/attempt-store.contract.ts';
import { describeBudgetCounters } from '../core/budgets/budget-counters.contract.ts';
import { describeSignInRecords } from '../core/budgets/sign-in-record.contract.ts';
import { describeSuspicion } from '../core/challenges/suspicion.contract.ts';
import { describeCodeStore } from '../core/codes/code-store.contract.ts';
import { describeBudgetRegister } from '../core/decisions/budget-register.contract.ts';
import { describeDecisionStore } from '../core/decisions/decision-store.contract.ts';
import { describeEndpointStore } from '../core/endpoints/endpoint-store.contract.ts';
import { describeChangeFeed } from '../core/kernel/changes.contract.ts';
import { describeMetaStore } from '../core/kernel/meta-store.contract.ts';
import { describeNoticeStore } from '../core/notices/notice-store.contract.ts';
import { describeSessionStore } from '../core/sessions/session-store.contract.ts';
import type { OpenEmpty } from '../core/stores.contract.ts';

/** Run it on every engine. */
export function describeStores(open: OpenEmpty): void {
  describeAccountChanges(open);
  describeAdministeredAccounts(open);
  describeOwnAccounts(open);
  describeAccountIdentifiers(open);
  describeAccountStore(open);
  describeAllowanceStore(open);
  describeAppStore(open);
  describeAttemptStore(open);
  describeAuditSegments(open);
  describeAuditStore(open);
  describeBudgetCounters(open);
  describeBudgetRegister(open);
  describeChangeFeed(open);
  describeCodeStore(open);
  describeDecisionStore(open);
  describeDossierStore(open);
  describeEndpointStore(open);
  describeMetaStore(open);
  describeNoticeStore(open);
  describeRegistrationKeys(open);
  describeSessionStore(open);
  describeSignInRecords(open);
  describeSuspicion(open);
}
