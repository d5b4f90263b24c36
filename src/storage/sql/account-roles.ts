// Who holds a role, found by index: the same roles stand in the account's own row, where they are read from.
import { type Account, Refusal } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

const insert = new Statement((db, p: { realm: string; role: string; account: string }) =>
  db.insertInto('account_roles').values({ realm: p.realm, role: p.role, account_id: p.account }),
);

const drop = new Statement((db, p: { account: string }) =>
  db.deleteFrom('account_roles').where('account_id', '=', p.account),
);

const holderOf = new Statement((db, p: { realm: string; role: string }) =>
  db.selectFrom('account_roles').select('account_id').where('realm', '=', p.realm).where('role', '=', p.role).limit(1),
);

const activeHolderOf = new Statement((db, p: { realm: string; role: string }) =>
  db
    .selectFrom('account_roles')
    .innerJoin('accounts', 'accounts.id', 'account_roles.account_id')
    .select('account_roles.account_id')
    .where('account_roles.realm', '=', p.realm)
    .where('account_roles.role', '=', p.role)
    .where('accounts.status', '=', 'active')
    .limit(1),
);

type Roles = Pick<Account, 'id' | 'realm' | 'roles'>;

/** Writes the account's roles in the place of those it had. */
export async function writeRoles(act: Act, account: Roles): Promise<void> {
  await dropRoles(act, account.id);
  await addRoles(act, account);
}

/** Writes the roles of an account that has none written yet. */
export async function addRoles(act: Act, { id, realm, roles }: Roles): Promise<void> {
  for (const role of new Set(roles)) await insert.affected(act, { realm, role, account: id });
}

export async function dropRoles(act: Act, account: string): Promise<void> {
  await drop.affected(act, { account });
}

/** Whether anybody in the realm holds one of the roles, whatever their status. */
export async function isRoleHeld(act: Act, realm: string, roles: readonly string[]): Promise<boolean> {
  for (const role of roles) if ((await holderOf.first(act, { realm, role })) !== undefined) return true;
  return false;
}

/**
 * After the account was changed or removed: one of those who held a spared role has to be left.
 * @throws Refusal `operator.last`
 */
export async function assertSpared(
  act: Act,
  before: Roles & Pick<Account, 'status'>,
  spares: readonly string[],
): Promise<void> {
  const wasOne = before.status === 'active' && before.roles.some((role) => spares.includes(role));
  if (!wasOne) return;
  for (const role of spares) if ((await activeHolderOf.first(act, { realm: before.realm, role })) !== undefined) return;
  throw new Refusal('operator.last');
}
