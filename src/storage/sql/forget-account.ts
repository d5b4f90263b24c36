// Forgetting: the failures counted against an account, or everything that ever belonged to it.
import { dropRoles } from './account-roles.ts';
import type { Act } from './act.ts';
import { forgetCodes } from './forget-codes.ts';
import { Statement } from './statement.ts';

const dropBudgets = new Statement((db, p: { account: string }) =>
  db.deleteFrom('budgets').where('kind', 'in', ['account', 'known']).where('key', '=', p.account),
);

const dropKnownSources = new Statement((db, p: { account: string }) =>
  db.deleteFrom('known_sources').where('account_id', '=', p.account),
);

const dropCredentials = new Statement((db, p: { account: string }) =>
  db.deleteFrom('credentials').where('account_id', '=', p.account),
);

const dropIdentifiers = new Statement((db, p: { account: string }) =>
  db.deleteFrom('identifiers').where('account_id', '=', p.account).returning(['realm', 'kind', 'key']),
);

const dropAccount = new Statement((db, p: { account: string }) =>
  db.deleteFrom('accounts').where('id', '=', p.account),
);

const dropNotices = new Statement((db, p: { account: string }) =>
  db.deleteFrom('notices').where('account_id', '=', p.account),
);

const dropRegistration = new Statement((db, p: { account: string }) =>
  db.deleteFrom('registration_keys').where('account_id', '=', p.account),
);

/** Forgets the failures of the account, its known sources included. */
export async function forgetFailures(act: Act, account: string): Promise<void> {
  await act.hold(account);
  await dropBudgets.affected(act, { account });
}

/** Removes every row of the account but its sessions and the audit, where it is a pseudonym; false if there was none. */
export async function forgetAccount(act: Act, account: string): Promise<boolean> {
  if ((await dropAccount.affected(act, { account })) === 0) return false;
  act.ground.scrub?.();
  await forgetFailures(act, account);
  await dropKnownSources.affected(act, { account });
  await dropCredentials.affected(act, { account });
  await dropRoles(act, account);
  await dropNotices.affected(act, { account });
  await dropRegistration.affected(act, { account });
  await forgetCodes(act, await dropIdentifiers.all(act, { account }));
  return true;
}
