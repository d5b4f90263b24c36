// Finds the account an operator means by a text: any identifier, or the account's own id.
import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { type IdentifierKind, IDENTIFIER_KINDS, lookupKeys } from '../accounts/identifier.ts';
import type { IdentifierVault } from '../kernel/ports.ts';

/** What finding needs. */
export interface FindAccountDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'get'>;
  readonly vault: IdentifierVault;
}

/** A text in a realm. */
export interface FindAccountCommand {
  readonly realm: string;
  /** An identifier of any kind, `kind:identifier`, or an account id. */
  readonly text: string;
}

const ACCOUNT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The kinds to look in, and what to look for. */
function meant(text: string): readonly [kinds: readonly IdentifierKind[], text: string] {
  const colon = text.indexOf(':');
  const kind = IDENTIFIER_KINDS.find((each) => each === text.slice(0, Math.max(colon, 0)).replaceAll('-', '_'));
  return kind === undefined ? [IDENTIFIER_KINDS, text] : [[kind], text.slice(colon + 1)];
}

/** Every account that could be meant; more than one when the same text is an identifier of several. */
export const findAccounts =
  ({ accounts, vault }: FindAccountDeps) =>
  async ({ realm, text }: FindAccountCommand): Promise<readonly Account[]> => {
    const byId = ACCOUNT_ID.test(text) ? await accounts.get(text.toLowerCase()) : undefined;
    if (byId !== undefined) return [byId];
    const [kinds, wanted] = meant(text);
    const keys = kinds.map((kind) => lookupKeys({ kind, text: wanted }, vault)).filter(({ length }) => length > 0);
    const found = await Promise.all(keys.map(async (each) => accounts.find(realm, each)));
    const byAccountId = new Map(found.flatMap((each) => (each === undefined ? [] : [[each.account.id, each.account]])));
    return [...byAccountId.values()];
  };
