// Identifiers in clear, for the few answers that show them.
import { type Account, identifierOf } from '../accounts/account.ts';
import { claimOf, type IdentifierKind } from '../accounts/identifier.ts';
import type { IdentifierVault } from '../kernel/ports.ts';
import { Secret } from '../kernel/secret.ts';

/** Those of the kinds asked for that the account has. */
export type Disclosed = Readonly<Partial<Record<IdentifierKind, Secret>>>;

export function disclose(
  vault: Pick<IdentifierVault, 'open'>,
  account: Account,
  kinds: readonly IdentifierKind[],
): Disclosed {
  const held = kinds.flatMap((kind) => identifierOf(account, kind) ?? []);
  return Object.fromEntries(held.map((identifier) => [identifier.kind, new Secret(claimOf(identifier, vault).text)]));
}
