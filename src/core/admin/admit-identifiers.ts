// Identifiers an operator gives: proven by the operator's word, and never to be mistaken for somebody else's of another kind.
import type { AccountStore } from '../accounts/account-store.ts';
import { isIdNumber } from '../accounts/id-number.ts';
import {
  type Identifier,
  type IdentifierClaim,
  type IdentifierKey,
  type IdentifierKind,
  lookupKeys,
  newIdentifier,
  normaliseIdentifier,
} from '../accounts/identifier.ts';
import type { Clock, IdentifierVault } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';

/** What admitting identifiers needs. */
export interface AdmitIdentifiersDeps {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly clock: Clock;
  readonly vault: IdentifierVault;
}

/** The numbers the store issues by itself; a username of this form could become somebody else's number tomorrow. */
const ISSUED_AEGISSPEED_ID = /^asd[0-9a-z]{6}$/;

/** Kinds whose texts nobody may carry as a username. */
const UNMISTAKABLE = ['mobile', 'email', 'id_number'] as const satisfies readonly IdentifierKind[];

/** Kinds whose texts may coincide, so that only what accounts really hold tells whether they do. */
const COUNTERPART: Partial<Record<IdentifierKind, IdentifierKind>> = {
  username: 'aegisspeed_id',
  aegisspeed_id: 'username',
};

function isMistakable(claim: IdentifierClaim, value: string): boolean {
  if (claim.kind !== 'username') return false;
  return (
    ISSUED_AEGISSPEED_ID.test(value) ||
    UNMISTAKABLE.some((kind) => normaliseIdentifier({ kind, text: value }) !== undefined)
  );
}

function assertFormed(claim: IdentifierClaim, now: number): void {
  const value = normaliseIdentifier(claim);
  const isFormed =
    value !== undefined &&
    !isMistakable(claim, value) &&
    (claim.kind !== 'id_number' || isIdNumber(value, new Date(now)));
  if (!isFormed) throw new Refusal('identifier.malformed', { field: claim.kind });
}

/** The keys the store's own uniqueness does not watch: those of the counterpart kind, and of index keys that are on their way out. */
function unwatchedKeys({ kind, text }: IdentifierClaim, vault: IdentifierVault): readonly IdentifierKey[] {
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
 * Makes the operator's claims ready to be stored, verified as of now.
 * An id number must be one that could have been issued; a username must not read like another kind of identifier.
 * @throws Refusal `identifier.malformed` with the kind as `field`; `identifier.taken` when somebody holds the same text as another kind
 */
export async function admitIdentifiers(
  deps: AdmitIdentifiersDeps,
  realm: string,
  claims: readonly IdentifierClaim[],
): Promise<readonly Identifier[]> {
  const now = deps.clock.now();
  const kinds = new Set(claims.map(({ kind }) => kind));
  if (kinds.size < claims.length)
    throw new Refusal('input.malformed', { field: 'identifiers', remark: 'one of each kind' });
  for (const claim of claims) assertFormed(claim, now);
  for (const claim of claims) await assertNobodysOtherwise(deps, realm, claim);
  return claims.map((claim) => newIdentifier(claim, now, deps.vault));
}
