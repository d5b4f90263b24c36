// Carries out `account show`, `account list` and `account search`.
import type { Act } from '../act.ts';
import { accountLines, accountRow, describeAccount } from '../describe.ts';
import { wholeNumber } from '../numbers.ts';
import { withHouse } from '../open.ts';
import { listing, table } from '../report.ts';
import { theAccount } from '../the-account.ts';

const MOST = 1000;

/** Shows one account. */
export const showAccount: Act<{ readonly realm: string }> = async (call) =>
  withHouse(call, async (house) => {
    const account = await theAccount(house, call.options.realm, call.arguments[0] ?? '');
    return { text: listing(accountLines(account, house.vault)), json: describeAccount(account, house.vault) };
  });

/** Shows a page of accounts: all of the realm, or those that match the argument. */
export const listAccounts: Act<{ readonly realm: string; readonly limit: string; readonly after?: string }> = async (
  call,
) => {
  const { realm, after } = call.options;
  const limit = wholeNumber(call.options.limit, '--limit', [1, MOST]);
  const [search] = call.arguments;
  return withHouse(call, async ({ stores, vault }) => {
    const query = {
      realm,
      limit,
      ...(after === undefined ? {} : { after }),
      ...(search === undefined ? {} : { search }),
    };
    const { accounts, next } = await stores.accounts.list(query);
    const rows = accounts.map((account) => accountRow(account, vault));
    const more = next === null ? '' : `\nmore with --after ${next}`;
    return {
      text: `${table(['id', 'status', 'identifiers', 'roles', 'nickname'], rows)}${more}`,
      json: { accounts: accounts.map((account) => describeAccount(account, vault)), next },
    };
  });
};
