// Rows of accounts and identifiers, and the accounts they stand for.
import type { Account, AccountStatus, Identifier, IdentifierKind, JsonObject, Profile } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

export type AccountRow = Selectable<Tables['accounts']>;
type IdentifierRow = Pick<Selectable<Tables['identifiers']>, 'kind' | 'key' | 'shown' | 'verified_at'>;

const accountById = new Statement((db, p: { id: string }) =>
  db.selectFrom('accounts').selectAll().where('id', '=', p.id),
);

const identifiersOf = new Statement((db, p: { id: string }) =>
  db
    .selectFrom('identifiers')
    .select(['kind', 'key', 'shown', 'verified_at'])
    .where('account_id', '=', p.id)
    .orderBy('kind'),
);

export async function readAccountRow(act: Act, id: string): Promise<AccountRow | undefined> {
  return accountById.first(act, { id });
}

export async function readAccount(act: Act, id: string): Promise<Account | undefined> {
  const row = await readAccountRow(act, id);
  return row && (await completeAccount(act, row));
}

/** Adds the identifiers to a row already read. */
export async function completeAccount(act: Act, row: AccountRow): Promise<Account> {
  return toAccount(row, await identifiersOf.all(act, { id: row.id }));
}

function toAccount(row: AccountRow, identifiers: readonly IdentifierRow[]): Account {
  return {
    id: row.id,
    realm: row.realm,
    number: row.number,
    publicId: row.public_id,
    status: row.status as AccountStatus,
    isPasswordChangeDue: row.is_password_change_due === 1,
    roles: JSON.parse(row.roles) as string[],
    organisation: row.organisation,
    profile: JSON.parse(row.profile) as Profile,
    attributes: JSON.parse(row.attributes) as Record<string, JsonObject>,
    identifiers: identifiers.map(toIdentifier),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSignInAt: row.last_sign_in_at,
    signInDayRun: row.sign_in_day_run,
    passwordChangedAt: row.password_changed_at,
  };
}

export function toIdentifier(row: IdentifierRow): Identifier {
  return { kind: row.kind as IdentifierKind, key: row.key, shown: row.shown, verifiedAt: row.verified_at };
}

/** What a nickname is searched by. */
export function nicknameKey({ nickname }: Profile): string | null {
  return nickname === undefined ? null : nickname.normalize('NFKC').toLowerCase();
}
