// Budgets as an operator sees them.
import type { AccountStanding, BudgetKey, BudgetKind, BudgetRegister, BudgetState } from '#core';
import type { Act } from './act.ts';
import { toState } from './budget-rows.ts';
import { Statement } from './statement.ts';

const read = new Statement((db, p: { kind: string; key: string; source: string }) =>
  db
    .selectFrom('budgets')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('key', '=', p.key)
    .where('source', '=', p.source),
);

const ofKind = new Statement((db, p: { kind: string; key: string }) =>
  db
    .selectFrom('budgets')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('key', '=', p.key)
    .orderBy('failed_at', 'desc')
    .limit(99),
);

const countKnown = new Statement((db, p: { account: string; since: number }) =>
  db
    .selectFrom('known_sources')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', p.account)
    .where('last_at', '>', p.since),
);

/** Looks at budgets, within one act. */
export class SqlBudgetRegister implements BudgetRegister {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async get({ kind, key }: BudgetKey): Promise<BudgetState | undefined> {
    const [subject = '', source = ''] = kind === 'known' ? key.split('|') : [key];
    const row = await read.first(this.#act, { kind, key: subject, source });
    return row && toState(row);
  }

  async ofAccount(accountId: string, knownSince: number): Promise<AccountStanding> {
    const strangers = await ofKind.all(this.#act, { kind: 'account', key: accountId });
    const known = await ofKind.all(this.#act, { kind: 'known', key: accountId });
    const { count } = await countKnown.one(this.#act, { account: accountId, since: knownSince });
    const budgets = [...strangers, ...known].map((row) => ({
      kind: row.kind as BudgetKind,
      source: row.source,
      state: toState(row),
    }));
    return { budgets, knownSources: count };
  }
}
