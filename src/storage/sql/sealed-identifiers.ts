// Sensitive identifiers as they rest: read in order and put under a new key, one at a time.
import { IDENTIFIER_KINDS, type Identifier, Refusal, isSensitive } from '#core';
import { toIdentifier } from './account-rows.ts';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

export interface SensitiveIdentifier {
  readonly accountId: string;
  readonly identifier: Identifier;
}

const SENSITIVE = IDENTIFIER_KINDS.filter(isSensitive);

const page = new Statement((db, p: { after: string; limit: number }) =>
  db
    .selectFrom('identifiers')
    .selectAll()
    .where('kind', 'in', SENSITIVE)
    .where('account_id', '>', p.after)
    .orderBy('account_id')
    .limit(p.limit),
);

interface ResealValues {
  readonly account: string;
  readonly kind: string;
  readonly previous_key: string;
  readonly previous_shown: string;
  readonly key: string;
  readonly shown: string;
}

const replace = new Statement((db, p: ResealValues) =>
  db
    .updateTable('identifiers')
    .set({ key: p.key, shown: p.shown })
    .where('account_id', '=', p.account)
    .where('kind', '=', p.kind)
    .where('key', '=', p.previous_key)
    .where('shown', '=', p.previous_shown),
);

const holders = new Statement((db, p: { kind: string; key: string; account: string }) =>
  db
    .selectFrom('identifiers')
    .select('account_id')
    .where('kind', '=', p.kind)
    .where('key', '=', p.key)
    .where('account_id', '!=', p.account)
    .where('realm', 'in', (eb) => eb.selectFrom('accounts').select('realm').where('id', '=', p.account)),
);

export async function sensitiveIdentifiers(
  act: Act,
  after: string,
  limit: number,
): Promise<readonly SensitiveIdentifier[]> {
  const rows = await page.all(act, { after, limit });
  return rows.map((row) => ({ accountId: row.account_id, identifier: toIdentifier(row) }));
}

interface Reseal {
  readonly accountId: string;
  readonly previous: Identifier;
  readonly next: Identifier;
}

/** @throws Refusal `identifier.taken` when another account came to hold the same value under the new key */
export async function reseal(act: Act, { accountId, previous, next }: Reseal): Promise<boolean> {
  const { kind, key, shown } = next;
  const holder = await holders.first(act, { kind, key, account: accountId });
  if (holder !== undefined) throw new Refusal('identifier.taken', { field: kind });
  const previousText = { previous_key: previous.key, previous_shown: previous.shown };
  return (await replace.affected(act, { account: accountId, kind, ...previousText, key, shown })) > 0;
}
