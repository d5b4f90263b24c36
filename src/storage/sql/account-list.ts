// Pages of accounts in order of id, and the search among them.
import { type AccountPage, type AccountStore, IDENTIFIER_KINDS, isSensitive } from '#core';
import { sql } from 'kysely';
import { completeAccount } from './account-rows.ts';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

export type AccountListQuery = Parameters<AccountStore['list']>[0];

const SEARCHABLE = IDENTIFIER_KINDS.filter((kind) => !isSensitive(kind));

const page = new Statement((db, p: { realm: string; after: string; limit: number }) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('realm', '=', p.realm)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
);

const searchPage = new Statement((db, p: { realm: string; after: string; limit: number; pattern: string }) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('realm', '=', p.realm)
    .where('id', '>', p.after)
    .where((by) => {
      const holdsOne = by
        .selectFrom('identifiers')
        .select('identifiers.key')
        .whereRef('identifiers.account_id', '=', 'accounts.id')
        .where('identifiers.kind', 'in', SEARCHABLE)
        .where(sql<boolean>`lower(identifiers.key) like ${p.pattern} escape '\\'`);
      return by.or([sql<boolean>`accounts.nickname_key like ${p.pattern} escape '\\'`, by.exists(holdsOne)]);
    })
    .orderBy('id')
    .limit(p.limit),
);

export async function listAccounts(
  act: Act,
  { realm, limit, after = '', search }: AccountListQuery,
): Promise<AccountPage> {
  const place = { realm, after, limit: limit + 1 };
  const rows = await (search === undefined
    ? page.all(act, place)
    : searchPage.all(act, { ...place, pattern: containing(search) }));
  const shown = rows.slice(0, limit);
  const accounts = [];
  for (const row of shown) accounts.push(await completeAccount(act, row));
  return { accounts, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Whatever was typed is looked for literally. */
function containing(text: string): string {
  return `%${text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
}
