// A new password on its way into the store: admitted by the policy, hashed in the pool.
import type { PasswordPool } from '../credentials/password-pool.ts';
import { type PasswordPolicy, admitNewPassword } from '../credentials/password-policy.ts';
import type { Secret } from '../kernel/secret.ts';

/** What hashing a new password needs. */
export interface HashNewPasswordDeps {
  readonly passwords: PasswordPool;
  readonly passwordPolicy: PasswordPolicy;
}

/**
 * The PHC string of a password somebody with these roles is to have.
 * @throws Refusal `password.too-short`, `password.too-long`, `password.malformed`, `server.busy`
 */
export async function hashNewPassword(
  deps: HashNewPasswordDeps,
  given: Secret,
  roles: readonly string[],
): Promise<string> {
  const password = admitNewPassword(given.reveal(), roles, deps.passwordPolicy);
  const place = await deps.passwords.enter();
  try {
    return await place.hash(password);
  } finally {
    place.leave();
  }
}
