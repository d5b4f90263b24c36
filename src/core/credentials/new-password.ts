// What a password somebody sets has to be like, and whether one that is in use already would pass.
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { KnownPerson } from './own-words.ts';
import { assertUncommon, isCommonPassword, type PasswordBlocklist } from './password-blocklist.ts';
import { admitNewPassword, type PasswordPolicy } from './password-policy.ts';

/** What a new password is measured by. */
export interface NewPasswordPolicy extends PasswordPolicy {
  readonly blocklist: PasswordBlocklist;
}

/** Whose password it is to be. */
export interface PasswordOwner extends KnownPerson {
  readonly roles: readonly string[];
}

/**
 * Checks a password somebody wants to set, and makes it ready for hashing.
 * @throws Refusal `password.too-short`, `password.too-long`, `password.malformed`, `password.common`
 */
export async function measureNewPassword(
  given: Secret,
  owner: PasswordOwner,
  policy: NewPasswordPolicy,
): Promise<Secret> {
  const password = admitNewPassword(given.reveal(), owner.roles, policy);
  await assertUncommon(password, owner, policy.blocklist);
  return password;
}

/** Whether a password that proves somebody could not be set today. Costs microseconds: files and names are not asked. */
export function isWeakPassword(password: Secret, roles: readonly string[], policy: NewPasswordPolicy): boolean {
  try {
    return isCommonPassword(admitNewPassword(password.reveal(), roles, policy), policy.blocklist);
  } catch (reason) {
    if (reason instanceof Refusal) return true;
    throw reason;
  }
}
