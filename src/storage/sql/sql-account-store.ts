// Accounts in SQL.
import {
  type Account,
  type AccountChange,
  type AccountPage,
  type AccountStore,
  type AccountWithPassword,
  type AuditEntry,
  type Identifier,
  type IdentifierKey,
  type IdentifierKind,
  type NewAccount,
  Refusal,
  needsProof,
} from '#core';
import { type AccountListQuery, listAccounts } from './account-list.ts';
import { completeAccount, nicknameKey, readAccount } from './account-rows.ts';
import type { Act } from './act.ts';
import { createAccount } from './create-account.ts';
import { PASSWORD, writePassword } from './credential-rows.ts';
import { endAllSignIns } from './end-sessions.ts';
import { forgetAccount, forgetFailures } from './forget-account.ts';
import { claimIdentifier, giveUpIdentifier } from './identifier-claims.ts';
import { noteChange } from './note-change.ts';
import { recordAudit } from './record-audit.ts';
import { type SensitiveIdentifier, reseal, sensitiveIdentifiers } from './sealed-identifiers.ts';
import { Statement } from './statement.ts';

const holderOf = new Statement((db, p: { realm: string; kind: string; key: string }) =>
  db
    .selectFrom('identifiers')
    .innerJoin('accounts', 'accounts.id', 'identifiers.account_id')
    .leftJoin('credentials', (join) =>
      join.onRef('credentials.account_id', '=', 'accounts.id').on('credentials.kind', '=', PASSWORD),
    )
    .selectAll('accounts')
    .select(['identifiers.verified_at as proven_at', 'credentials.phc'])
    .where('identifiers.realm', '=', p.realm)
    .where('identifiers.kind', '=', p.kind)
    .where('identifiers.key', '=', p.key),
);

const countRows = new Statement((db, p: { limit: number }) =>
  db
    .selectFrom((eb) => eb.selectFrom('accounts').select('id').limit(p.limit).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count')),
);

interface ChangeValues {
  readonly id: string;
  readonly status: string;
  readonly due: number;
  readonly roles: string;
  readonly profile: string;
  readonly attributes: string;
  readonly nickname: string | null;
  readonly at: number;
}

const update = new Statement((db, p: ChangeValues) =>
  db
    .updateTable('accounts')
    .set({
      status: p.status,
      is_password_change_due: p.due,
      roles: p.roles,
      profile: p.profile,
      attributes: p.attributes,
      nickname_key: p.nickname,
      updated_at: p.at,
    })
    .where('id', '=', p.id),
);

const markUpdated = new Statement((db, p: { id: string; at: number }) =>
  db.updateTable('accounts').set({ updated_at: p.at }).where('id', '=', p.id),
);

const markPasswordChanged = new Statement((db, p: { id: string; at: number }) =>
  db.updateTable('accounts').set({ password_changed_at: p.at }).where('id', '=', p.id),
);

/** Keeps accounts, within one act. */
export class SqlAccountStore implements AccountStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async find(realm: string, keys: readonly IdentifierKey[]): Promise<AccountWithPassword | undefined> {
    for (const { kind, key } of keys) {
      const holder = await holderOf.first(this.#act, { realm, kind, key });
      const isProven = holder !== undefined && (holder.proven_at !== null || !needsProof(kind));
      if (!isProven) continue;
      return { account: await completeAccount(this.#act, holder), passwordHash: holder.phc, epoch: holder.epoch };
    }
    return undefined;
  }

  async get(id: string): Promise<Account | undefined> {
    return readAccount(this.#act, id);
  }

  async list(query: AccountListQuery): Promise<AccountPage> {
    return listAccounts(this.#act, query);
  }

  async create(account: NewAccount, audit: AuditEntry): Promise<Account> {
    await createAccount(this.#act, account);
    await recordAudit(this.#act, audit);
    return this.#existing(account.id);
  }

  async change(id: string, change: AccountChange, audit: AuditEntry): Promise<Account | undefined> {
    const before = await this.get(id);
    if (before === undefined) return undefined;
    const after = { ...before, ...change };
    await update.affected(this.#act, {
      id,
      status: after.status,
      due: Number(after.isPasswordChangeDue),
      roles: JSON.stringify(after.roles),
      profile: JSON.stringify(after.profile),
      attributes: JSON.stringify(after.attributes),
      nickname: nicknameKey(after.profile),
      at: audit.at,
    });
    if (endsSessions(before, after)) await endAllSignIns(this.#act, id, audit.at);
    else await noteChange(this.#act, { topic: 'account', key: id }, audit.at);
    await recordAudit(this.#act, audit);
    return this.get(id);
  }

  async setPassword(id: string, passwordHash: string | null, audit: AuditEntry): Promise<Account | undefined> {
    if ((await markPasswordChanged.affected(this.#act, { id, at: audit.at })) === 0) return undefined;
    await writePassword(this.#act, id, passwordHash);
    await forgetFailures(this.#act, id);
    await endAllSignIns(this.#act, id, audit.at);
    await recordAudit(this.#act, audit);
    return this.get(id);
  }

  async putIdentifier(id: string, identifier: Identifier, audit: AuditEntry): Promise<Account | undefined> {
    const account = await this.get(id);
    if (account === undefined) return undefined;
    await giveUpIdentifier(this.#act, id, identifier.kind);
    await claimIdentifier(this.#act, { accountId: id, realm: account.realm, identifier });
    return this.#identifierChanged(id, audit);
  }

  async removeIdentifier(id: string, kind: IdentifierKind, audit: AuditEntry): Promise<Account | undefined> {
    if ((await this.get(id)) === undefined) return undefined;
    if (!(await giveUpIdentifier(this.#act, id, kind))) throw new Refusal('identifier.unknown', { field: kind });
    return this.#identifierChanged(id, audit);
  }

  async remove(id: string, audit: AuditEntry): Promise<boolean> {
    if (!(await forgetAccount(this.#act, id))) return false;
    await endAllSignIns(this.#act, id, audit.at);
    await recordAudit(this.#act, audit);
    return true;
  }

  async count(atMost: number): Promise<number> {
    return (await countRows.one(this.#act, { limit: atMost })).count;
  }

  async sensitiveIdentifiers(after: string, limit: number): Promise<readonly SensitiveIdentifier[]> {
    return sensitiveIdentifiers(this.#act, after, limit);
  }

  async reseal(accountId: string, previous: Identifier, next: Identifier): Promise<boolean> {
    return reseal(this.#act, { accountId, previous, next });
  }

  async #identifierChanged(id: string, audit: AuditEntry): Promise<Account> {
    await markUpdated.affected(this.#act, { id, at: audit.at });
    await noteChange(this.#act, { topic: 'account', key: id }, audit.at);
    await recordAudit(this.#act, audit);
    return this.#existing(id);
  }

  async #existing(id: string): Promise<Account> {
    const account = await this.get(id);
    if (account === undefined) throw new Error('an account vanished within one act');
    return account;
  }
}

function endsSessions(before: Account, after: Account): boolean {
  const isShut = after.status === 'disabled' || after.status === 'pending';
  const [had, has] = [new Set(before.roles), new Set(after.roles)];
  return isShut || had.size !== has.size || [...had].some((role) => !has.has(role));
}
