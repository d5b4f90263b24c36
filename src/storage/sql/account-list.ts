// Pages of accounts in order of id, and the search among them.
import { type AccountPage, type AccountStore, IDENTIFIER_KINDS, isSensitive } from '#core';
import { sql } from 'kysely';
import { type AccountRow, completeAccount } from './account-rows.ts';
import type { Act, Db } from './act.ts';
import { Statement } from './statement.ts';

export type AccountListQuery = Parameters<AccountStore['list']>[0];

const SEARCHABLE = IDENTIFIER_KINDS.filter((kind) => !isSensitive(kind));

interface Place {
  readonly realm: string;
  readonly after: string;
  readonly limit: number;
}

const pageAt = (db: Db, p: Place) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('realm', '=', p.realm)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit);

const searchAt = (db: Db, p: Place & { readonly pattern: string }) =>
  pageAt(db, p).where((by) => {
    const holdsOne = by
      .selectFrom('identifiers')
      .select('identifiers.key')
      .whereRef('identifiers.account_id', '=', 'accounts.id')
      .where('identifiers.kind', 'in', SEARCHABLE)
      .where(sql<boolean>`lower(identifiers.key) like ${p.pattern} escape '\\'`);
    return by.or([sql<boolean>`accounts.nickname_key like ${p.pattern} escape '\\'`, by.exists(holdsOne)]);
  });

const page = new Statement((db, p: Place) => pageAt(db, p));

const searchPage = new Statement((db, p: Place & { readonly pattern: string }) => searchAt(db, p));

const pageOfOrganisation = new Statement((db, p: Place & { readonly organisation: string }) =>
  pageAt(db, p).where('organisation', '=', p.organisation),
);

const searchPageOfOrganisation = new Statement(
  (db, p: Place & { readonly organisation: string; readonly pattern: string }) =>
    searchAt(db, p).where('organisation', '=', p.organisation),
);

export async function listAccounts(act: Act, { limit, ...query }: AccountListQuery): Promise<AccountPage> {
  const rows = await rowsOf(act, { ...query, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const accounts = [];
  for (const row of shown) accounts.push(await completeAccount(act, row));
  return { accounts, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

function rowsOf(act: Act, { realm, organisation, limit, after = '', search }: AccountListQuery): Promise<AccountRow[]> {
  const place = { realm, after, limit };
  if (search === undefined) {
    return organisation === undefined ? page.all(act, place) : pageOfOrganisation.all(act, { ...place, organisation });
  }
  const sought = { ...place, pattern: containing(search) };
  return organisation === undefined
    ? searchPage.all(act, sought)
    : searchPageOfOrganisation.all(act, { ...sought, organisation });
}

/** Whatever was typed is looked for literally. */
function containing(text: string): string {
  return `%${text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
}
