// Password hashes, one per account at most.
import type { Rehash } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

export const PASSWORD = 'password';

const put = new Statement((db, p: { account: string; phc: string }) =>
  db
    .insertInto('credentials')
    .values({ account_id: p.account, kind: PASSWORD, phc: p.phc })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ phc: p.phc })),
);

const read = new Statement((db, p: { account: string }) =>
  db.selectFrom('credentials').select('phc').where('account_id', '=', p.account).where('kind', '=', PASSWORD),
);

const drop = new Statement((db, p: { account: string }) =>
  db.deleteFrom('credentials').where('account_id', '=', p.account).where('kind', '=', PASSWORD),
);

const renew = new Statement((db, p: { account: string; previous: string; next: string }) =>
  db
    .updateTable('credentials')
    .set({ phc: p.next })
    .where('account_id', '=', p.account)
    .where('kind', '=', PASSWORD)
    .where('phc', '=', p.previous),
);

/** Null for an account without one. */
export async function readPassword(act: Act, account: string): Promise<string | null> {
  return (await read.first(act, { account }))?.phc ?? null;
}

/** Sets, replaces or (null) removes it. */
export async function writePassword(act: Act, account: string, phc: string | null): Promise<void> {
  if (phc === null) await drop.affected(act, { account });
  else await put.affected(act, { account, phc });
}

/** Replaces the hash only while the one that was proven is still there: a password set meanwhile stays set. */
export async function renewPassword(act: Act, account: string, { previous, next }: Rehash): Promise<void> {
  await renew.affected(act, { account, previous, next });
}
