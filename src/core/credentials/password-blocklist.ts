// Refuses passwords that are tried first: common ones, patterns, the person's own names, and those on the operator's list.
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { foldPassword, isHardlyMoreThan, isPattern } from './common-password.ts';
import { type KnownPerson, ownWords } from './own-words.ts';

/** Knows passwords nobody may choose. What it is asked about is folded (`foldPassword`) unless said otherwise. */
export interface PasswordBlocklist {
  /** Whether the word stands on the list that comes with the server; a look into memory. */
  isCommon(word: string): boolean;
  /** Whether one of these spellings stands on the operator's own list, if there is one. @throws Error when that list cannot be read */
  isForbidden(spellings: readonly string[]): Promise<boolean>;
}

/** Whether it is among the passwords everybody tries. Microseconds, without leaving memory. */
export function isCommonPassword(password: Secret, blocklist: Pick<PasswordBlocklist, 'isCommon'>): boolean {
  return isHardlyMoreThan(foldPassword(password.reveal()), (word) => blocklist.isCommon(word) || isPattern(word));
}

/**
 * Checks a password somebody wants to set. Never asked when one is verified.
 * @throws Refusal `password.common`
 */
export async function assertUncommon(
  password: Secret,
  person: KnownPerson,
  blocklist: PasswordBlocklist,
): Promise<void> {
  if (isCommonPassword(password, blocklist)) throw tooCommon('it is among those that are tried first');
  const words = ownWords(person);
  const folded = foldPassword(password.reveal());
  if (isHardlyMoreThan(folded, (word) => words.has(word)))
    throw tooCommon("it is one of the account's own names or numbers");
  if (await blocklist.isForbidden([password.reveal(), folded])) throw tooCommon('it is on password.blocklistFile');
}

const tooCommon = (remark: string): Refusal => new Refusal('password.common', { remark });
