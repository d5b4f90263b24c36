// Carries out `account show`, `account list` and `account search`.
import { KNOWN_SOURCE_MS } from '#core';
import type { Act } from '../act.ts';
import { standingJson, standingText } from '../budget-words.ts';
import { accountLines, accountRow, describeAccount } from '../describe.ts';
import { wholeNumber } from '../numbers.ts';
import { withHouse } from '../open.ts';
import { listing, table } from '../report.ts';
import { theAccount } from '../the-account.ts';

const MOST = 1000;

const attemptsFrom = (source: string): string => (source === '' ? 'attempts' : `attempts from ${source}`);

/** Shows one account, and how its budgets stand. */
export const showAccount: Act<{ readonly realm: string }> = async (call) =>
  withHouse(call, async (house) => {
    const account = await theAccount(house, call.options.realm, call.arguments[0] ?? '');
    const now = house.clock.now();
    const standing = await house.stores.budgets.ofAccount(account.id, now - KNOWN_SOURCE_MS);
    const { budgets, knownSources } = standing;
    const lines = [
      ...accountLines(account, house.vault),
      ...budgets.map(({ source, state }) => [attemptsFrom(source), standingText(state, now)] as const),
      ['known sources', String(knownSources)] as const,
    ];
    const told = budgets.map(({ kind, source, state }) => ({ kind, source, ...standingJson(state, now) }));
    return { text: listing(lines), json: { ...describeAccount(account, house.vault), budgets: told, knownSources } };
  });

interface ListOptions {
  readonly realm: string;
  readonly organisation?: string;
  readonly limit: string;
  readonly after?: string;
}

/** Shows a page of accounts: all of the realm, or those that match the argument. */
export const listAccounts: Act<ListOptions> = async (call) => {
  const { realm, organisation, after } = call.options;
  const limit = wholeNumber(call.options.limit, '--limit', [1, MOST]);
  const [search] = call.arguments;
  return withHouse(call, async ({ stores, vault }) => {
    const query = {
      realm,
      limit,
      ...(organisation === undefined ? {} : { organisation }),
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
