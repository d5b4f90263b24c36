// What the operator's flows need, taken from the house.
import type { CreateAccountDeps, Digests, Stores } from '#core';
import type { House } from '#main';

type AdminDeps = Stores & CreateAccountDeps & { readonly digests: Digests };

/** Everything any of the operator's flows asks for. */
export function adminDeps({
  stores,
  clock,
  digests,
  randomness,
  vault,
  passwords,
  passwordPolicy,
  passwordHashes,
}: House): AdminDeps {
  return { ...stores, clock, digests, randomness, vault, passwords, passwordPolicy, passwordHashes };
}
