// Which acts read and which write, and what a write that returned has survived.
import type { Stores } from '#core';
import type { Act } from './act.ts';
import { SqlAccountStore } from './sql-account-store.ts';
import { SqlAllowanceStore } from './sql-allowance-store.ts';
import { SqlAppStore } from './sql-app-store.ts';
import { SqlAttemptStore } from './sql-attempt-store.ts';
import { SqlAuditStore } from './sql-audit-store.ts';
import { SqlBudgetRegister } from './sql-budget-register.ts';
import { SqlCodeStore } from './sql-code-store.ts';
import { SqlDecisionStore } from './sql-decision-store.ts';
import { SqlDossierStore } from './sql-dossier-store.ts';
import { SqlEndpointStore } from './sql-endpoint-store.ts';
import { SqlMetaStore } from './sql-meta-store.ts';
import { SqlNoticeStore } from './sql-notice-store.ts';
import { SqlRegistrationKeys } from './sql-registration-keys.ts';
import { SqlSessionStore } from './sql-session-store.ts';
import { SqlSettlementStore } from './sql-settlement-store.ts';

/** `durable` survives the loss of power; `relaxed` survives the death of the process, and asks for no fsync of its own. */
export type ActKind = 'read' | 'relaxed' | 'durable';

/** The ports, and beside them what an engine that keeps attempts in flight itself is made of. */
export interface SqlStores extends Stores {
  readonly settlements: SqlSettlementStore;
}

/** Every method of every port has a kind: a missing one does not compile. */
type ActKinds = { readonly [Store in keyof SqlStores]: Readonly<Record<keyof SqlStores[Store], ActKind>> };

// prettier-ignore
const ACT_KINDS: ActKinds = {
  accounts: {
    find: 'read', holder: 'read', get: 'read', getWithPassword: 'read', list: 'read', count: 'read', sensitiveIdentifiers: 'read',
    create: 'durable', change: 'durable', setPassword: 'durable', changePassword: 'durable', putIdentifier: 'durable',
    removeIdentifier: 'durable', remove: 'durable', reseal: 'durable',
  },
  allowances: { closed: 'read', spend: 'relaxed', settle: 'relaxed', sweep: 'relaxed' },
  apps:      { find: 'read', list: 'read', create: 'durable', replace: 'durable', remove: 'durable' },
  attempts:  { standing: 'read', suspicion: 'read', isKnown: 'read', sourcesSince: 'read', reserve: 'relaxed', fail: 'relaxed', release: 'relaxed', strike: 'relaxed', sweep: 'relaxed', succeed: 'durable', unlock: 'durable' },
  audit:     { list: 'read', newest: 'read', countAfter: 'read', segments: 'read', marks: 'read', append: 'relaxed', seal: 'durable', drop: 'durable', restart: 'durable' },
  budgets:   { get: 'read', ofAccount: 'read' },
  codes:     { issue: 'durable', hold: 'relaxed', claim: 'durable', look: 'relaxed', withdraw: 'relaxed', sweep: 'relaxed' },
  decisions: { find: 'read', record: 'relaxed', sweep: 'relaxed' },
  dossiers:  { compile: 'read' },
  endpoints: { closed: 'read', set: 'durable' },
  meta:      { get: 'read', claim: 'durable', set: 'durable' },
  notices:   { sourceStanding: 'read', lockedUntil: 'read', claim: 'relaxed', sweep: 'relaxed' },
  registrations: { find: 'read', sweep: 'relaxed' },
  settlements: { weigh: 'read', fail: 'relaxed', succeed: 'durable' },
  sessions:  { find: 'read', list: 'read', page: 'read', revoke: 'durable', revokeOne: 'durable', revokeAll: 'durable', touch: 'relaxed', sweep: 'relaxed' },
};

/** An act as it is asked for: plain data, fit to cross into another thread. */
export interface ActCall {
  readonly store: keyof SqlStores;
  readonly method: string;
  readonly input: readonly unknown[];
}

const STORES: { readonly [Store in keyof SqlStores]: new (act: Act) => SqlStores[Store] } = {
  accounts: SqlAccountStore,
  allowances: SqlAllowanceStore,
  apps: SqlAppStore,
  attempts: SqlAttemptStore,
  audit: SqlAuditStore,
  budgets: SqlBudgetRegister,
  codes: SqlCodeStore,
  decisions: SqlDecisionStore,
  dossiers: SqlDossierStore,
  endpoints: SqlEndpointStore,
  meta: SqlMetaStore,
  notices: SqlNoticeStore,
  sessions: SqlSessionStore,
  registrations: SqlRegistrationKeys,
  settlements: SqlSettlementStore,
};

const STORE_NAMES = Object.keys(STORES) as readonly (keyof SqlStores)[];

type AnyMethod = (...input: readonly unknown[]) => Promise<unknown>;

/** Performs the act on an open connection. */
export function perform(act: Act, { store, method, input }: ActCall): Promise<unknown> {
  const stores = new STORES[store](act) as unknown as Readonly<Record<string, AnyMethod>>;
  const found = stores[method];
  if (found === undefined) throw new TypeError(`${store} has no act ${method}`);
  return found.apply(stores, [...input]);
}

/** The ports, each method of which hands its act to `dispatch`. */
export function storesOver(dispatch: (call: ActCall, kind: ActKind) => Promise<unknown>): SqlStores {
  const portOver = (store: keyof SqlStores): Readonly<Record<string, AnyMethod>> =>
    Object.fromEntries(
      Object.entries(ACT_KINDS[store]).map(([method, kind]) => [method, handing(store, method, kind)]),
    );
  const ports = STORE_NAMES.map((store) => [store, portOver(store)] as const);
  return Object.fromEntries(ports) as unknown as SqlStores;

  function handing(store: keyof SqlStores, method: string, kind: ActKind): AnyMethod {
    return (...input) => dispatch({ store, method, input }, kind);
  }
}
