// Carries out the commands that change one account.
import {
  type Account,
  type IdentifierKind,
  IDENTIFIER_KINDS,
  addIdentifier,
  changeOrganisation,
  changeRoles,
  changeStatus,
  readRoles,
  removeAccount,
  removeIdentifier,
  setPassword,
  unlockAccount,
} from '#core';
import type { House } from '#main';
import type { Act, ActCall } from '../act.ts';
import { adminDeps } from '../admin-deps.ts';
import { accountLines, describeAccount } from '../describe.ts';
import { Misuse } from '../misuse.ts';
import { withHouse } from '../open.ts';
import { type PasswordOptions, passwordGiven } from '../password-given.ts';
import { type Report, listing } from '../report.ts';
import { theAccount } from '../the-account.ts';

interface InRealm {
  readonly realm: string;
}

/** Finds the account of the first argument, does something with it, and shows what became of it. */
async function changing<Options extends InRealm>(
  call: ActCall<Options>,
  change: (house: House, account: Account) => Promise<Account>,
): Promise<Report> {
  return withHouse(call, async (house) => {
    const changed = await change(house, await theAccount(house, call.options.realm, call.arguments[0] ?? ''));
    return { text: listing(accountLines(changed, house.vault)), json: describeAccount(changed, house.vault) };
  });
}

/** `account disable` */
export const disableAccount: Act<InRealm> = async (call) =>
  changing(call, async (house, { id }) => changeStatus(adminDeps(house))({ accountId: id, status: 'disabled' }));

/** `account enable` */
export const enableAccount: Act<InRealm> = async (call) =>
  changing(call, async (house, { id }) => changeStatus(adminDeps(house))({ accountId: id, status: 'active' }));

/** `account unlock` */
export const unlock: Act<InRealm> = async (call) =>
  changing(call, async (house, account) => {
    await unlockAccount(adminDeps(house))({ accountId: account.id });
    return account;
  });

/** `account set-password` */
export const changePassword: Act<InRealm & PasswordOptions> = async (call) => {
  const password = await passwordGiven(call);
  return changing(call, async (house, { id }) => setPassword(adminDeps(house))({ accountId: id, password }));
};

/** `account remove` */
export const remove: Act<InRealm> = async (call) =>
  withHouse(call, async (house) => {
    const { id } = await theAccount(house, call.options.realm, call.arguments[0] ?? '');
    await removeAccount(adminDeps(house))({ accountId: id });
    return { text: `removed ${id}`, json: { removed: id } };
  });

function kindNamed(text = ''): IdentifierKind {
  const kind = IDENTIFIER_KINDS.find((each) => each === text.replaceAll('-', '_'));
  if (kind === undefined)
    throw new Misuse(
      `'${text}' is no kind of identifier; there are ${IDENTIFIER_KINDS.join(', ').replaceAll('_', '-')}`,
    );
  return kind;
}

/** `account add-identifier` */
export const giveIdentifier: Act<InRealm & { readonly replace?: true }> = async (call) => {
  const claim = { kind: kindNamed(call.arguments[1]), text: call.arguments[2] ?? '' };
  const mayReplace = call.options.replace === true;
  return changing(call, async (house, { id }) => addIdentifier(adminDeps(house))({ accountId: id, claim, mayReplace }));
};

/** `account remove-identifier` */
export const takeIdentifier: Act<InRealm> = async (call) => {
  const kind = kindNamed(call.arguments[1]);
  return changing(call, async (house, { id }) => removeIdentifier(adminDeps(house))({ accountId: id, kind }));
};

/** `account grant` */
export const grant: Act<InRealm> = async (call) => {
  const roles = readRoles(call.arguments.slice(1));
  return changing(call, async (house, { id }) => changeRoles(adminDeps(house))({ accountId: id, grant: roles }));
};

/** `account organise` */
export const organise: Act<InRealm & { readonly none?: true }> = async (call) => {
  const [, name] = call.arguments;
  const isNone = call.options.none === true;
  if (isNone === (name !== undefined)) throw new Misuse('say either an organisation or --none');
  const organisation = name ?? null;
  return changing(call, async (house, { id }) => changeOrganisation(adminDeps(house))({ accountId: id, organisation }));
};

/** `account ungrant` */
export const ungrant: Act<InRealm> = async (call) => {
  const roles = readRoles(call.arguments.slice(1));
  return changing(call, async (house, { id }) => changeRoles(adminDeps(house))({ accountId: id, ungrant: roles }));
};
