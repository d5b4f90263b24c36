// Everything that is kept about an account, for its owner to take along.
import type { Account } from '../accounts/account.ts';
import type { Dossier, DossierStore } from '../accounts/dossier-store.ts';
import { IDENTIFIER_KINDS } from '../accounts/identifier.ts';
import type { AllowanceStore } from '../allowances/allowance-store.ts';
import { spendOrRefuse } from '../allowances/spending.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import { doneBy } from './attempt.ts';
import { type CallerDeps, identifyCaller, type SessionAsk } from './caller.ts';
import { disclose, type Disclosed } from './disclose.ts';
import type { Flow } from './flow.ts';

/** An account, and what is kept about it. */
export interface AccountExport extends Dossier {
  readonly account: Account;
  /** Every identifier, in clear. */
  readonly disclosed: Disclosed;
  readonly at: number;
  /** False when some list was longer than an export may be. */
  readonly isComplete: boolean;
}

export type ExportAccount = Flow<SessionAsk, AccountExport>;

/** What exporting needs. */
export interface ExportAccountDeps extends CallerDeps {
  readonly allowances: Pick<AllowanceStore, 'spend'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly dossiers: DossierStore;
}

/** Of each list at most so many, the newest: one answer has to fit in memory. */
const MOST = 10_000;

/** Exports are dear: so many an hour are enough for anybody. */
const LIMIT = { most: 10, windowSeconds: 3600 };

/** That it was asked for is a part of what is kept. @throws Refusal `session.unknown`, `throttle.account` */
export const exportAccount =
  (deps: ExportAccountDeps): ExportAccount =>
  async (ask, call) => {
    const { account, app } = await identifyCaller(deps, { ...ask, act: ACT }, call);
    const allowance = { name: 'export', key: account.id, limit: LIMIT, cost: 1, isGuard: false };
    await spendOrRefuse(deps, [allowance], 'throttle.account');
    const at = deps.clock.now();
    await deps.audit.append([{ at, act: ACT, outcome: 'success', ...doneBy(account.id, app, call) }]);
    const dossier = await deps.dossiers.compile(account.id, MOST + 1);
    const disclosed = disclose(deps.vault, account, IDENTIFIER_KINDS);
    return { account, disclosed, at, ...within(dossier) };
  };

const ACT = 'account.export';

function within(dossier: Dossier): Dossier & Pick<AccountExport, 'isComplete'> {
  const lists = Object.entries(dossier) as readonly [string, readonly unknown[]][];
  const cut = Object.fromEntries(lists.map(([name, list]) => [name, list.slice(0, MOST)])) as unknown as Dossier;
  return { ...cut, isComplete: lists.every(([, list]) => list.length <= MOST) };
}
