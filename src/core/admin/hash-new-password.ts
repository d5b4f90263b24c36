// A new password on its way into the store: admitted by the policy, hashed in the pool.
import { measureNewPassword, type NewPasswordPolicy, type PasswordOwner } from '../credentials/new-password.ts';
import type { PasswordPool } from '../credentials/password-pool.ts';
import type { Secret } from '../kernel/secret.ts';

/** What hashing a new password needs. */
export interface HashNewPasswordDeps {
  readonly passwords: PasswordPool;
  readonly passwordPolicy: NewPasswordPolicy;
}

/**
 * The PHC string of a password somebody is to have.
 * @throws Refusal `password.too-short`, `password.too-long`, `password.malformed`, `password.common`, `server.busy`
 */
export async function hashNewPassword(
  { passwords, passwordPolicy }: HashNewPasswordDeps,
  given: Secret,
  owner: PasswordOwner,
): Promise<string> {
  const password = await measureNewPassword(given, owner, passwordPolicy);
  const place = await passwords.enter();
  try {
    return await place.hash(password);
  } finally {
    place.leave();
  }
}
