// Every promise of the storage ports, on every engine.
import { afterAll, describe } from 'vitest';
import { describeAccountChanges } from '../core/accounts/account-changes.contract.ts';
import { describeAccountIdentifiers } from '../core/accounts/account-identifiers.contract.ts';
import { describeAccountStore } from '../core/accounts/account-store.contract.ts';
import { describeAppStore } from '../core/apps/app-store.contract.ts';
import { describeAuditStore } from '../core/audit/audit-store.contract.ts';
import { describeAttemptStore } from '../core/budgets/attempt-store.contract.ts';
import { describeBudgetCounters } from '../core/budgets/budget-counters.contract.ts';
import { describeSignInRecords } from '../core/budgets/sign-in-record.contract.ts';
import { describeCodeStore } from '../core/codes/code-store.contract.ts';
import { describeEndpointStore } from '../core/endpoints/endpoint-store.contract.ts';
import { describeChangeFeed } from '../core/kernel/changes.contract.ts';
import { describeMetaStore } from '../core/kernel/meta-store.contract.ts';
import { describeSessionStore } from '../core/sessions/session-store.contract.ts';
import type { OpenEmpty } from '../core/stores.contract.ts';
import { openStorage } from './index.ts';
import { OneServer } from './one-server.contract.ts';
import { InProcessPostgres } from './pglite.contract.ts';

function describeStores(open: OpenEmpty): void {
  describeAccountChanges(open);
  describeAccountIdentifiers(open);
  describeAccountStore(open);
  describeAppStore(open);
  describeAttemptStore(open);
  describeAuditStore(open);
  describeBudgetCounters(open);
  describeChangeFeed(open);
  describeCodeStore(open);
  describeEndpointStore(open);
  describeMetaStore(open);
  describeSessionStore(open);
  describeSignInRecords(open);
}

describe('SQLite in memory', () => {
  describeStores(() => openStorage({ databaseUrl: 'sqlite::memory:', mode: 'tool' }));
});

describe('SQLite in a file, in a server', () => {
  const server = new OneServer();
  afterAll(() => server.close());
  describeStores(() => server.openEmpty());
});

describe('PostgreSQL', () => {
  const postgres = new InProcessPostgres();
  afterAll(() => postgres.close());
  describeStores(() => postgres.openEmpty());
});
