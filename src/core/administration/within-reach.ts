// The account an administrator's act is about: to whom it lies beyond reach, it does not exist.
import type { AccountWithPassword } from '../accounts/account-store.ts';
import type { Account } from '../accounts/account.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Authority } from '../roles/authority.ts';
import type { Permission } from '../roles/permissions.ts';
import type { AdministrationDeps } from './administer.ts';

/** Names one account by its id. */
export interface OfAccount {
  readonly accountId: string;
}

type Reading = Pick<AdministrationDeps, 'stores'>;

/** The account, to look at. @throws Refusal `account.absent` */
export async function accountInSight(
  { stores }: Reading,
  authority: Authority,
  { accountId, permission }: OfAccount & { readonly permission: Permission },
): Promise<Account> {
  const account = await stores.accounts.get(accountId);
  if (account === undefined || !authority.reaches(permission, account)) throw new Refusal('account.absent');
  return account;
}

/** The account, to act upon, as it is in its present epoch. @throws Refusal `account.absent`, `permission.missing` */
export async function accountInHand(
  { stores }: Reading,
  authority: Authority,
  { accountId, permissions }: OfAccount & { readonly permissions: readonly Permission[] },
): Promise<AccountWithPassword> {
  const found = await stores.accounts.getWithPassword(accountId);
  if (found === undefined || !permissions.every((each) => authority.reaches(each, found.account)))
    throw new Refusal('account.absent');
  for (const permission of permissions) authority.assertMayActOn(permission, found.account);
  return found;
}

/** Each time the account became another while it was judged: more than that is no coincidence. */
const MOST_TURNS = 5;

/** Judges and acts anew as long as the act finds another account than was judged. @throws Refusal `server.busy` */
export async function insisting<Outcome>(turn: () => Promise<Outcome | undefined>): Promise<Outcome> {
  for (let count = 0; count < MOST_TURNS; count += 1) {
    const outcome = await turn();
    if (outcome !== undefined) return outcome;
  }
  throw new Refusal('server.busy', { retryAfterSeconds: 1, remark: 'the account changes all the time' });
}
