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
  type PasswordChange,
  type Removal,
  Refusal,
  needsProof,
} from '#core';
import { type AccountListQuery, listAccounts } from './account-list.ts';
import { assertSpared } from './account-roles.ts';
import { completeAccount, readAccount, readAccountRow } from './account-rows.ts';
import type { Act, Db } from './act.ts';
import { changeAccount } from './change-account.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { createAccount } from './create-account.ts';
import { PASSWORD, readPassword, writePassword } from './credential-rows.ts';
import { endAllSignIns } from './end-sessions.ts';
import { forgetAccount, forgetFailures } from './forget-account.ts';
import { forgetCodes } from './forget-codes.ts';
import { claimIdentifier, giveUpIdentifier } from './identifier-claims.ts';
import { noteChange } from './note-change.ts';
import { recordAudit } from './record-audit.ts';
import { type SensitiveIdentifier, reseal, sensitiveIdentifiers } from './sealed-identifiers.ts';
import { Statement } from './statement.ts';

const accountHolding = new Statement((db, p: { realm: string; kind: string; key: string }) =>
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

const claimOf = new Statement((db, p: { realm: string; kind: string; key: string }) =>
  db
    .selectFrom('identifiers')
    .select(['account_id', 'verified_at'])
    .where('realm', '=', p.realm)
    .where('kind', '=', p.kind)
    .where('key', '=', p.key),
);

const isHeld = (kind: IdentifierKind, verifiedAt: number | null): boolean => verifiedAt !== null || !needsProof(kind);

const countRows = new Statement((db, p: { limit: number }) =>
  db
    .selectFrom((eb) => eb.selectFrom('accounts').select('id').limit(p.limit).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count')),
);

const markUpdated = new Statement((db, p: { id: string; at: number }) =>
  db.updateTable('accounts').set({ updated_at: p.at }).where('id', '=', p.id),
);

const passwordChanged = (db: Db, p: { id: string; at: number }) =>
  db.updateTable('accounts').set({ password_changed_at: p.at, is_password_change_due: 0 }).where('id', '=', p.id);

const markPasswordChanged = new Statement((db, p: { id: string; at: number }) => passwordChanged(db, p));

const markPasswordChangedIn = new Statement((db, p: { id: string; at: number; epoch: number }) =>
  passwordChanged(db, p).where('epoch', '=', p.epoch),
);

/** Keeps accounts, within one act. */
export class SqlAccountStore implements AccountStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async find(realm: string, keys: readonly IdentifierKey[]): Promise<AccountWithPassword | undefined> {
    for (const { kind, key } of keys) {
      const holder = await accountHolding.first(this.#act, { realm, kind, key });
      if (holder === undefined || !isHeld(kind, holder.proven_at)) continue;
      return { account: await completeAccount(this.#act, holder), passwordHash: holder.phc, epoch: holder.epoch };
    }
    return undefined;
  }

  async holder(realm: string, { kind, key }: IdentifierKey): Promise<string | undefined> {
    const claim = await claimOf.first(this.#act, { realm, kind, key });
    return claim !== undefined && isHeld(kind, claim.verified_at) ? claim.account_id : undefined;
  }

  async get(id: string): Promise<Account | undefined> {
    return readAccount(this.#act, id);
  }

  async getWithPassword(id: string): Promise<AccountWithPassword | undefined> {
    const row = await readAccountRow(this.#act, id);
    if (row === undefined) return undefined;
    const account = await completeAccount(this.#act, row);
    return { account, passwordHash: await readPassword(this.#act, id), epoch: row.epoch };
  }

  async list(query: AccountListQuery): Promise<AccountPage> {
    return listAccounts(this.#act, query);
  }

  async create(account: NewAccount, audit: AuditEntry): Promise<Account> {
    const { signIn } = account;
    await createAccount(this.#act, account);
    await recordAudit(this.#act, audit);
    if (signIn !== undefined)
      await completeSignIn(this.#act, { ...signIn, epoch: 0 }, { kind: 'account', source: audit.source });
    return this.#existing(account.id);
  }

  async change(id: string, change: AccountChange, audit: AuditEntry): Promise<Account | undefined> {
    const changed = await changeAccount(this.#act, id, { change, at: audit.at });
    if (changed !== undefined) await recordAudit(this.#act, audit);
    return changed;
  }

  async setPassword(id: string, passwordHash: string | null, audit: AuditEntry): Promise<Account | undefined> {
    if ((await markPasswordChanged.affected(this.#act, { id, at: audit.at })) === 0) return undefined;
    return this.#passwordSet(id, { passwordHash, keeps: '' }, audit);
  }

  async changePassword(id: string, change: PasswordChange, audit: AuditEntry): Promise<Account | undefined> {
    const { epoch, passwordHash, keeps } = change;
    if ((await markPasswordChangedIn.affected(this.#act, { id, at: audit.at, epoch })) === 0) return undefined;
    return this.#passwordSet(id, { passwordHash, keeps: keeps ?? '' }, audit);
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

  async remove(id: string, audit: AuditEntry, { epoch, spares }: Removal = {}): Promise<boolean> {
    const row = await readAccountRow(this.#act, id);
    if (row === undefined || row.epoch !== (epoch ?? row.epoch)) return false;
    const account = await completeAccount(this.#act, row);
    if (!(await forgetAccount(this.#act, id))) return false;
    if (spares !== undefined) await assertSpared(this.#act, account, spares);
    await endAllSignIns(this.#act, id, { digest: '', at: audit.at });
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

  async #passwordSet(
    id: string,
    { passwordHash, keeps }: { readonly passwordHash: string | null; readonly keeps: string },
    audit: AuditEntry,
  ): Promise<Account> {
    await writePassword(this.#act, id, passwordHash);
    await forgetFailures(this.#act, id);
    await endAllSignIns(this.#act, id, { digest: keeps, at: audit.at });
    await recordAudit(this.#act, audit);
    const account = await this.#existing(id);
    // A code on its way could set the password once more.
    await forgetCodes(
      this.#act,
      account.identifiers.map(({ kind, key }) => ({ realm: account.realm, kind, key })),
    );
    return account;
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
