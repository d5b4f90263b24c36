// Creating an account: its row, its numbers, its identifiers and its password.
import { type NewAccount, Refusal } from '#core';
import { addRoles, isRoleHeld } from './account-roles.ts';
import { nicknameKey } from './account-rows.ts';
import type { Act } from './act.ts';
import { writePassword } from './credential-rows.ts';
import { claimIdentifier, issueAegisSpeedId } from './identifier-claims.ts';
import { keepRegistration } from './registration-keys.ts';
import { nextInSequence, passOver } from './sequences.ts';
import { Statement } from './statement.ts';

interface AccountValues {
  readonly id: string;
  readonly realm: string;
  readonly number: number;
  readonly public_id: string;
  readonly status: string;
  readonly due: number;
  readonly roles: string;
  readonly organisation: string | null;
  readonly profile: string;
  readonly attributes: string;
  readonly nickname: string | null;
  readonly at: number;
}

const insert = new Statement((db, p: AccountValues) =>
  db
    .insertInto('accounts')
    .values({
      id: p.id,
      realm: p.realm,
      number: p.number,
      public_id: p.public_id,
      status: p.status,
      is_password_change_due: p.due,
      roles: p.roles,
      organisation: p.organisation,
      profile: p.profile,
      attributes: p.attributes,
      nickname_key: p.nickname,
      created_at: p.at,
      updated_at: p.at,
      last_sign_in_at: null,
      last_sign_in_day: null,
      sign_in_day_run: 0,
      password_changed_at: null,
      epoch: 0,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

/** @throws Refusal `identifier.taken` with the kind (or `number`, `public_id`) as field, `operator.exists`, `idempotency.mismatch` */
export async function createAccount(act: Act, account: NewAccount): Promise<void> {
  const { id, realm, createdAt: at } = account;
  await insertRow(act, account);
  await assertFirst(act, account);
  await addRoles(act, account);
  for (const identifier of account.identifiers) await claimIdentifier(act, { accountId: id, realm, identifier });
  if (account.issuesAegisSpeedId) await issueAegisSpeedId(act, { accountId: id, realm, at });
  await writePassword(act, id, account.passwordHash);
  if (account.once !== undefined) await keepRegistration(act, { ...account.once, realm, accountId: id, at });
}

/** Whoever takes a number keeps others in the realm from taking one, so that of several who race the second sees the first. */
async function assertFirst(act: Act, { realm, firstOf }: NewAccount): Promise<void> {
  if (firstOf !== undefined && (await isRoleHeld(act, realm, firstOf))) throw new Refusal('operator.exists');
}

async function insertRow(act: Act, account: NewAccount): Promise<void> {
  const inserted = await insert.affected(act, {
    id: account.id,
    realm: account.realm,
    number: await numberFor(act, account),
    public_id: account.publicId,
    status: account.status,
    due: Number(account.isPasswordChangeDue),
    roles: JSON.stringify(account.roles),
    organisation: account.organisation ?? null,
    profile: JSON.stringify(account.profile),
    attributes: JSON.stringify(account.attributes),
    nickname: nicknameKey(account.profile),
    at: account.createdAt,
  });
  if (inserted === 0)
    throw new Refusal('identifier.taken', { field: account.number === undefined ? 'public_id' : 'number' });
}

/** A number brought along is kept, and the sequence goes on after it. */
async function numberFor(act: Act, { realm, number }: NewAccount): Promise<number> {
  if (number === undefined) return nextInSequence(act, realm, 'account-number');
  await passOver(act, { realm, name: 'account-number', value: number });
  return number;
}
