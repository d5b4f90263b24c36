// Changing what an account is: one row, and the sessions that must not outlive the change.
import type { Account, AccountChange } from '#core';
import { assertSpared, writeRoles } from './account-roles.ts';
import { type AccountRow, completeAccount, nicknameKey, readAccount, readAccountRow } from './account-rows.ts';
import type { Act, Db } from './act.ts';
import { endAllSignIns } from './end-sessions.ts';
import { noteChange } from './note-change.ts';
import { Statement } from './statement.ts';

interface ChangeValues {
  readonly id: string;
  readonly status: string;
  readonly due: number;
  readonly roles: string;
  readonly organisation: string | null;
  readonly profile: string;
  readonly attributes: string;
  readonly nickname: string | null;
  readonly at: number;
}

/** Profile and attributes as the row held them when it was read. */
interface Expected {
  readonly was_profile: string;
  readonly was_attributes: string;
}

const updating = (db: Db, p: ChangeValues) =>
  db
    .updateTable('accounts')
    .set({
      status: p.status,
      is_password_change_due: p.due,
      roles: p.roles,
      organisation: p.organisation,
      profile: p.profile,
      attributes: p.attributes,
      nickname_key: p.nickname,
      updated_at: p.at,
    })
    .where('id', '=', p.id);

const update = new Statement((db, p: ChangeValues) => updating(db, p));

const updateIfStill = new Statement((db, p: ChangeValues & Expected) =>
  updating(db, p).where('profile', '=', p.was_profile).where('attributes', '=', p.was_attributes),
);

/** Undefined if there is no such account, or it is no longer what the change expects; nothing is changed then. */
export async function changeAccount(
  act: Act,
  id: string,
  { change, at }: { readonly change: AccountChange; readonly at: number },
): Promise<Account | undefined> {
  const row = await readAccountRow(act, id);
  if (row === undefined || row.epoch !== (change.epoch ?? row.epoch)) return undefined;
  const before = await completeAccount(act, row);
  const after = { ...before, ...change };
  if (!(await write(act, row, { before, after, at, expects: change.expects }))) return undefined;
  if (change.roles !== undefined) await writeRoles(act, after);
  if (change.spares !== undefined) await assertSpared(act, before, change.spares);
  if (endsSessions(before, after)) await endAllSignIns(act, id, { digest: '', at });
  else await noteChange(act, { topic: 'account', key: id }, at);
  return readAccount(act, id);
}

interface Turn {
  readonly before: Account;
  readonly after: Account;
  readonly at: number;
  readonly expects: AccountChange['expects'];
}

async function write(act: Act, row: AccountRow, { before, after, at, expects }: Turn): Promise<boolean> {
  const values: ChangeValues = {
    id: row.id,
    status: after.status,
    due: Number(after.isPasswordChangeDue),
    roles: JSON.stringify(after.roles),
    organisation: after.organisation,
    profile: JSON.stringify(after.profile),
    attributes: JSON.stringify(after.attributes),
    nickname: nicknameKey(after.profile),
    at,
  };
  if (expects === undefined) return (await update.affected(act, values)) > 0;
  if (!isStill(before, expects)) return false;
  // Whoever writes between our reading and our writing has changed the texts.
  const expected = { was_profile: row.profile, was_attributes: row.attributes };
  return (await updateIfStill.affected(act, { ...values, ...expected })) > 0;
}

function isStill({ profile, attributes }: Account, expects: NonNullable<AccountChange['expects']>): boolean {
  const textOf = (parts: typeof expects): string => JSON.stringify([parts.profile, parts.attributes]);
  return textOf({ profile, attributes }) === textOf(expects);
}

function endsSessions(before: Account, after: Account): boolean {
  const isShut = after.status === 'disabled' || after.status === 'pending';
  const [had, has] = [new Set(before.roles), new Set(after.roles)];
  const hasMoved = before.organisation !== after.organisation;
  return isShut || hasMoved || had.size !== has.size || [...had].some((role) => !has.has(role));
}
