// What whoever knows of a person would try as their password first: names, numbers and addresses.
import type { Profile } from '../accounts/account.ts';
import type { IdentifierClaim, IdentifierKind } from '../accounts/identifier.ts';
import { foldPassword } from './common-password.ts';

/** Somebody, as far as others may know them; identifiers in clear. */
export interface KnownPerson {
  readonly identifiers: readonly IdentifierClaim[];
  readonly profile: Profile;
}

/** The words, folded. */
export function ownWords({ identifiers, profile }: KnownPerson): ReadonlySet<string> {
  const named = identifiers.flatMap(({ kind, text }) => [text, ...PARTS[kind](text)]);
  const told = [profile.nickname, profile.city, profile.birthday?.replaceAll(/\D/g, '')];
  const words = [...named, ...told].flatMap((text) => (text === undefined ? [] : foldPassword(text.trim())));
  return new Set(words.filter((word) => word !== ''));
}

/** What else an identifier is known by, or in part. */
const PARTS: Record<IdentifierKind, (text: string) => readonly string[]> = {
  username: () => [],
  mobile: (text) => numbersIn(text),
  email: (text) => [localPart(text), localPart(text).replace(/\+.*$/, ''), text.slice(text.lastIndexOf('@') + 1)],
  id_number: (text) => [...[6, 8, 12].map((length) => text.slice(-length)), text.slice(6, 14), text.slice(0, -1)],
  aegisspeed_id: () => [],
};

const localPart = (email: string): string => email.slice(0, Math.max(0, email.lastIndexOf('@')));

function numbersIn(mobile: string): readonly string[] {
  const digits = mobile.replaceAll(/\D/g, '');
  return [digits, digits.slice(-11), digits.slice(-8)];
}
