// Everything that is kept about one account, brought together in SQL.
import type { Dossier, DossierStore, KeptCode, KeptNotice, KnownSource } from '#core';
import type { Act } from './act.ts';
import { toDecision } from './decision-rows.ts';
import { toAuditRecord } from './sql-audit-store.ts';
import { SqlBudgetRegister } from './sql-budget-register.ts';
import { SqlSessionStore } from './sql-session-store.ts';
import { Statement } from './statement.ts';

interface Extent {
  readonly account: string;
  readonly limit: number;
}

const knownSources = new Statement((db, p: Extent) =>
  db
    .selectFrom('known_sources')
    .select(['source', 'last_at'])
    .where('account_id', '=', p.account)
    .orderBy('last_at', 'desc')
    .limit(p.limit),
);

const notices = new Statement((db, p: Extent) =>
  db
    .selectFrom('notices')
    .select(['name', 'day', 'occasion', 'count'])
    .where('account_id', '=', p.account)
    .orderBy('day', 'desc')
    .limit(p.limit),
);

const identifiers = new Statement((db, p: { account: string }) =>
  db.selectFrom('identifiers').select(['realm', 'kind', 'key']).where('account_id', '=', p.account),
);

const codesTo = new Statement((db, p: { realm: string; destination: string }) =>
  db
    .selectFrom('codes')
    .select(['purpose', 'destination', 'issued_at', 'expires_at'])
    .where('realm', '=', p.realm)
    .where('destination', '=', p.destination),
);

const auditOf = new Statement((db, p: Extent) =>
  db.selectFrom('audit_events').selectAll().where('account_id', '=', p.account).orderBy('id', 'desc').limit(p.limit),
);

const decisionsAbout = new Statement((db, p: Extent) =>
  db.selectFrom('decisions').selectAll().where('key', '=', p.account).orderBy('last_at', 'desc').limit(p.limit),
);

/** Compiles dossiers, within one act. */
export class SqlDossierStore implements DossierStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async compile(account: string, limit: number): Promise<Dossier> {
    const { budgets } = await new SqlBudgetRegister(this.#act).ofAccount(account, 0);
    return {
      sessions: await new SqlSessionStore(this.#act).list(account, limit),
      knownSources: (await knownSources.all(this.#act, { account, limit })).map(toKnownSource),
      failures: budgets,
      notices: await this.#notices(account, limit),
      codes: await this.#codes(account),
      audit: (await auditOf.all(this.#act, { account, limit })).map(toAuditRecord),
      decisions: (await decisionsAbout.all(this.#act, { account, limit })).map(toDecision),
    };
  }

  async #notices(account: string, limit: number): Promise<readonly KeptNotice[]> {
    return notices.all(this.#act, { account, limit });
  }

  async #codes(account: string): Promise<readonly KeptCode[]> {
    const found: KeptCode[] = [];
    for (const { realm, kind, key } of await identifiers.all(this.#act, { account }))
      found.push(...(await codesTo.all(this.#act, { realm, destination: `${kind}:${key}` })).map(toCode));
    return found;
  }
}

const toKnownSource = (row: { readonly source: string; readonly last_at: number }): KnownSource => ({
  source: row.source,
  lastAt: row.last_at,
});

const toCode = (row: {
  readonly purpose: string;
  readonly destination: string;
  readonly issued_at: number;
  readonly expires_at: number;
}): KeptCode => ({
  purpose: row.purpose,
  destination: row.destination,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
});
