// Whether a hash made elsewhere can be verified here, at a cost this server can afford.
import { argon2 } from './argon2.ts';
import type { PasswordScheme } from './password-scheme.ts';
import { pbkdf2 } from './pbkdf2.ts';
import { parsePhc, type PhcHash } from './phc.ts';
import { scrypt } from './scrypt.ts';

/** Every scheme a stored hash may be of. */
const SCHEMES: readonly PasswordScheme[] = [argon2, scrypt, pbkdf2];

/** A hash and the scheme that can verify it. */
export interface AcceptableHash {
  readonly hash: PhcHash;
  readonly scheme: PasswordScheme;
}

/** Undefined for what is no PHC string, of no known scheme, or beyond the bounds of cost. */
export function acceptableHash(text: string): AcceptableHash | undefined {
  const hash = parsePhc(text);
  const scheme = hash && SCHEMES.find((known) => known.schemes.includes(hash.scheme) && known.canVerify(hash));
  return hash && scheme && { hash, scheme };
}

/** Whether the PHC string is complete, of a known scheme, and within the bounds of cost. */
export function isAcceptableHash(text: string): boolean {
  return acceptableHash(text) !== undefined;
}
