// The one account a command is about.
import { type Account, Refusal, findAccounts } from '#core';
import type { House } from '#main';
import { Misuse } from './misuse.ts';

/**
 * The account meant by an identifier of any kind, `kind:identifier`, or its id.
 * @throws Refusal `account.unknown`; Misuse when it could be several
 */
export async function theAccount({ stores, vault }: House, realm: string, text: string): Promise<Account> {
  const [account, another, ...rest] = await findAccounts({ accounts: stores.accounts, vault })({ realm, text });
  if (account === undefined) throw new Refusal('account.unknown');
  if (another === undefined) return account;
  const ids = [account, another, ...rest].map(({ id }) => id).join(', ');
  throw new Misuse(
    `this identifier is of several accounts; say which kind is meant (username:…, mobile:…) or give one of the ids ${ids}`,
  );
}
