// What administrators see of an account's sessions and budgets, and how they end the sessions.
import type { AccountStanding } from '../decisions/budget-register.ts';
import { KNOWN_SOURCE_MS } from '../budgets/budget.ts';
import type { Flow } from '../flows/flow.ts';
import { type OwnSessions, pageOfSessions } from '../flows/list-sessions.ts';
import type { SessionPlace } from '../sessions/session-store.ts';
import { administering, type AdministrationDeps, type AdministratorAsk } from './administer.ts';
import { accountInHand, accountInSight, type OfAccount } from './within-reach.ts';

type AccountAsk = AdministratorAsk & OfAccount;

const about = ({ accountId }: OfAccount): OfAccount => ({ accountId });

/** A page of an account's sessions. */
interface ReadSessionsAsk extends AccountAsk {
  readonly limit: number;
  /** The last of the page before. */
  readonly after?: SessionPlace;
}

export type ReadSessions = Flow<ReadSessionsAsk, OwnSessions>;

/** Those that are live, the newest first. @throws Refusal `account.absent` */
export const readSessions = (deps: AdministrationDeps): ReadSessions =>
  administering<ReadSessionsAsk, OwnSessions>(
    deps,
    { act: 'session.list', needs: () => ['sessions.read'], about, isLook: true },
    async ({ ask: { accountId, limit, after }, authority, sessionId }) => {
      await accountInSight(deps, authority, { accountId, permission: 'sessions.read' });
      const page = await pageOfSessions({ ...deps, sessionStore: deps.stores.sessions }, { accountId, limit, after });
      return { ...page, currentId: sessionId };
    },
  );

export type EndSessions = Flow<AccountAsk, undefined>;

/** All of them, at once. @throws Refusal `account.absent`, `permission.missing` */
export const endSessions = (deps: AdministrationDeps): EndSessions =>
  administering<AccountAsk, undefined>(
    deps,
    { act: 'session.revoke-all', needs: () => ['sessions.end'], about },
    async ({ ask: { accountId }, authority, entry }) => {
      await accountInHand(deps, authority, { accountId, permissions: ['sessions.end'] });
      const audit = entry('session.revoke-all', deps.clock.now(), { accountId });
      await deps.stores.sessions.revokeAll(accountId, null, audit);
      return undefined;
    },
  );

/** What is counted against an account, and when it was looked at. */
export interface BudgetsSeen extends AccountStanding {
  readonly at: number;
}

export type ReadBudgets = Flow<AccountAsk, BudgetsSeen>;

/** @throws Refusal `account.absent` */
export const readBudgets = (deps: AdministrationDeps): ReadBudgets =>
  administering<AccountAsk, BudgetsSeen>(
    deps,
    { act: 'account.look-budgets', needs: () => ['accounts.read'], about, isLook: true },
    async ({ ask: { accountId }, authority }) => {
      await accountInSight(deps, authority, { accountId, permission: 'accounts.read' });
      const at = deps.clock.now();
      return { at, ...(await deps.stores.budgets.ofAccount(accountId, at - KNOWN_SOURCE_MS)) };
    },
  );
