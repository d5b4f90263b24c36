// Ends sessions, tells who has to know, and turns away sign-ins of the account that are still being decided.
import type { Act } from './act.ts';
import { noteChange } from './note-change.ts';
import { Statement } from './statement.ts';

const dropAllBut = new Statement((db, p: { account: string; digest: string }) =>
  db.deleteFrom('sessions').where('account_id', '=', p.account).where('digest', '!=', p.digest),
);

const beginEpoch = new Statement((db, p: { account: string }) =>
  db
    .updateTable('accounts')
    .set((by) => ({ epoch: by('epoch', '+', 1) }))
    .where('id', '=', p.account),
);

/** Ends the account's sessions but one; how many. */
export async function endSessionsBut(
  act: Act,
  account: string,
  kept: { readonly digest: string; readonly at: number },
): Promise<number> {
  const ended = await dropAllBut.affected(act, { account, digest: kept.digest });
  await noteChange(act, { topic: 'account', key: account }, kept.at);
  return ended;
}

/** Ends all sessions but the one that is kept, if any, and those about to be opened: whoever proved the old password a moment ago opens none. */
export async function endAllSignIns(
  act: Act,
  account: string,
  kept: { readonly digest: string; readonly at: number },
): Promise<void> {
  await beginEpoch.affected(act, { account });
  await endSessionsBut(act, account, kept);
}
