// Identifiers: what a person types to say who they are, normalised once for look-up, uniqueness and counters.
import { Refusal } from '../kernel/refusal.ts';
import type { IdentifierVault } from '../kernel/ports.ts';
import { normaliseEmail, normaliseIdNumber, normaliseMobile, normaliseUsername } from './normalise.ts';

/** The kinds of identifier an account can hold, at most one of each. */
export const IDENTIFIER_KINDS = ['username', 'mobile', 'email', 'id_number', 'aegisspeed_id'] as const;

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** What a caller claims to be called: a kind and the text as it was typed. */
export interface IdentifierClaim {
  readonly kind: IdentifierKind;
  readonly text: string;
  /** The dialect in which alone the name counts: for names that anywhere else would be taken for a number or an address. */
  readonly nameSpace?: string;
}

/** Where an identifier is looked up: its kind and its normalised value, or the blind index of a sensitive one. */
export interface IdentifierKey {
  readonly kind: IdentifierKind;
  readonly key: string;
}

/** An identifier as an account holds it. */
export interface Identifier extends IdentifierKey {
  /** As it is shown: normalised spelling, or sealed text for a sensitive kind. */
  readonly shown: string;
  /** When its owner proved it, milliseconds; null while unproven. */
  readonly verifiedAt: number | null;
}

const NORMALISERS: Record<IdentifierKind, (text: string) => string | undefined> = {
  username: normaliseUsername,
  mobile: normaliseMobile,
  email: normaliseEmail,
  id_number: normaliseIdNumber,
  aegisspeed_id: (text) =>
    /^[A-Z]{3}[0-9A-Z]{6}$/.test(text.trim().toUpperCase()) ? text.trim().toUpperCase() : undefined,
};

/** The one spelling that counts, or undefined if the text cannot be of that kind. */
export function normaliseIdentifier(claim: IdentifierClaim): string | undefined {
  return NORMALISERS[claim.kind](claim.text);
}

/** Sensitive kinds are encrypted at rest and found through a blind index. */
export function isSensitive(kind: IdentifierKind): boolean {
  return kind === 'id_number';
}

/** The numbers the store issues by itself; a username of this form could become somebody else's number tomorrow. */
export const ISSUED_AEGISSPEED_ID = /^asd[0-9a-z]{6}$/;

/** Kinds whose texts nobody may carry as a username. */
export const UNMISTAKABLE = ['mobile', 'email', 'id_number'] as const satisfies readonly IdentifierKind[];

/** Whether a name reads like an identifier of another kind. */
export function isMistakable(name: string): boolean {
  return (
    ISSUED_AEGISSPEED_ID.test(name) ||
    UNMISTAKABLE.some((kind) => normaliseIdentifier({ kind, text: name }) !== undefined)
  );
}

/** Kinds anybody could claim for somebody else: they count only once their owner has proven them. */
export function needsProof(kind: IdentifierKind): boolean {
  return kind === 'mobile' || kind === 'email';
}

/**
 * A name that reads like a number is one name in all the number's spellings. No identifier holds the character between the two parts, so
 * that no other comes to the same key.
 */
function inNameSpace({ nameSpace }: IdentifierClaim, value: string): string {
  if (nameSpace === undefined) return value;
  const readings = UNMISTAKABLE.flatMap((kind) => normaliseIdentifier({ kind, text: value }) ?? []);
  return `${nameSpace}\u001f${readings[0] ?? value}`;
}

/** The claim an identifier was made of, in clear. */
export function claimOf({ kind, shown }: Identifier, vault: Pick<IdentifierVault, 'open'>): IdentifierClaim {
  return { kind, text: isSensitive(kind) ? vault.open(kind, shown) : shown };
}

/** The keys under which the claimed account may be found; empty when the claim can be nobody's. */
export function lookupKeys(claim: IdentifierClaim, vault: IdentifierVault): readonly IdentifierKey[] {
  const value = normaliseIdentifier(claim);
  // A name nobody could mistake counts everywhere, and is looked for there.
  if (value === undefined || (claim.nameSpace !== undefined && !isMistakable(value))) return [];
  if (!isSensitive(claim.kind)) return [{ kind: claim.kind, key: inNameSpace(claim, value) }];
  return vault.indexKeys(claim.kind, value).map((key) => ({ kind: claim.kind, key }));
}

/**
 * Makes an identifier ready to be stored.
 * @throws Refusal `identifier.malformed` when the text is not of that kind
 */
export function newIdentifier(claim: IdentifierClaim, verifiedAt: number | null, vault: IdentifierVault): Identifier {
  const value = normaliseIdentifier(claim);
  if (value === undefined) throw new Refusal('identifier.malformed', { field: claim.kind });
  if (!isSensitive(claim.kind)) {
    const shown = claim.kind === 'username' ? claim.text.trim().normalize('NFC') : value;
    return { kind: claim.kind, key: inNameSpace(claim, value), shown, verifiedAt };
  }
  const [key = ''] = vault.indexKeys(claim.kind, value);
  return { kind: claim.kind, key, shown: vault.seal(claim.kind, value), verifiedAt };
}
