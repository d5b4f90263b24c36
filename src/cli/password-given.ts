// The password a command is given: from standard input, or expressly none.
import type { Secret } from '#core';
import type { ActCall } from './act.ts';
import { Misuse } from './misuse.ts';
import { readSecret } from './read-secret.ts';

/** `--password-stdin` and `--no-password`. */
export interface PasswordOptions {
  readonly passwordStdin?: true;
  /** False when `--no-password` was given. */
  readonly password: boolean;
}

/** @throws Misuse unless exactly one of the two was said; Refusal as `readSecret` does */
export async function passwordGiven({ terminal, options }: ActCall<PasswordOptions>): Promise<Secret | null> {
  const { passwordStdin: isRead = false, password: mayHaveOne } = options;
  if (isRead !== mayHaveOne) throw new Misuse('say either --password-stdin or --no-password');
  return isRead ? readSecret(terminal, 'password') : null;
}
