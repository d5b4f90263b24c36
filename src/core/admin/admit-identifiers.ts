// Identifiers on their way into an account: well formed, and never to be mistaken for somebody else's of another kind.
import type { AccountStore } from '../accounts/account-store.ts';
import { isIdNumber } from '../accounts/id-number.ts';
import {
  type Identifier,
  type IdentifierClaim,
  type IdentifierKey,
  type IdentifierKind,
  isMistakable,
  ISSUED_AEGISSPEED_ID,
  lookupKeys,
  newIdentifier,
  normaliseIdentifier,
  UNMISTAKABLE,
} from '../accounts/identifier.ts';
import type { Clock, IdentifierVault } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';

/** What admitting identifiers needs. */
export interface AdmitIdentifiersDeps {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly clock: Clock;
  readonly vault: IdentifierVault;
}

/** A claim to be kept. An operator's word proves it; people of a dialect have yet to prove what others could claim as well. */
export interface KeptClaim extends IdentifierClaim {
  readonly isUnproven?: boolean;
}

/** Kinds whose texts may coincide, so that only what accounts really hold tells whether they do. */
const COUNTERPART: Partial<Record<IdentifierKind, IdentifierKind>> = {
  username: 'aegisspeed_id',
  aegisspeed_id: 'username',
};

/** A name that reads like a number or an address is well formed within a name space, unless it must not rest in clear or is issued here. */
function isFormed({ kind, nameSpace }: IdentifierClaim, value: string, today: Date): boolean {
  if (kind === 'id_number') return isIdNumber(value, today);
  if (kind !== 'username' || !isMistakable(value)) return true;
  return nameSpace !== undefined && !ISSUED_AEGISSPEED_ID.test(value) && !isIdNumber(value.toUpperCase(), today);
}

/** The claim as it will count: a name nobody could mistake counts everywhere. @throws Refusal `identifier.malformed` */
function formed(claim: KeptClaim, now: number): KeptClaim {
  const value = normaliseIdentifier(claim);
  if (value === undefined || !isFormed(claim, value, new Date(now)))
    throw new Refusal('identifier.malformed', { field: claim.kind });
  const { nameSpace: _, ...everywhere } = claim;
  return claim.kind === 'username' && isMistakable(value) ? claim : everywhere;
}

/** The keys the store's own uniqueness does not watch: those a name could be mistaken for, and index keys that are on their way out. */
function unwatchedKeys({ kind, text, nameSpace }: IdentifierClaim, vault: IdentifierVault): readonly IdentifierKey[] {
  if (nameSpace !== undefined) return UNMISTAKABLE.flatMap((each) => lookupKeys({ kind: each, text }, vault));
  const counterpart = COUNTERPART[kind];
  return counterpart === undefined
    ? lookupKeys({ kind, text }, vault).slice(1)
    : lookupKeys({ kind: counterpart, text }, vault);
}

async function assertNobodysOtherwise(
  deps: AdmitIdentifiersDeps,
  realm: string,
  claim: IdentifierClaim,
): Promise<void> {
  const keys = unwatchedKeys(claim, deps.vault);
  if (keys.length > 0 && (await deps.accounts.find(realm, keys)) !== undefined) {
    throw new Refusal('identifier.taken', { field: claim.kind });
  }
}

/**
 * Makes claims ready to be stored, verified as of now unless they are unproven.
 * An id number must be one that could have been issued; a username must not read like another kind of identifier.
 * @throws Refusal `identifier.malformed` with the kind as `field`; `identifier.taken` when somebody holds the same text as another kind
 */
export async function admitIdentifiers(
  deps: AdmitIdentifiersDeps,
  realm: string,
  given: readonly KeptClaim[],
): Promise<readonly Identifier[]> {
  const now = deps.clock.now();
  const kinds = new Set(given.map(({ kind }) => kind));
  if (kinds.size < given.length)
    throw new Refusal('input.malformed', { field: 'identifiers', remark: 'one of each kind' });
  const claims = given.map((claim) => formed(claim, now));
  for (const claim of claims) await assertNobodysOtherwise(deps, realm, claim);
  return claims.map((claim) => newIdentifier(claim, claim.isUnproven === true ? null : now, deps.vault));
}
