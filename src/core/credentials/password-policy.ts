// What a password may be: its length when it is set, its characters whenever it is given.
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';

/** Bounds in code points. */
export interface PasswordPolicy {
  readonly minLength: number;
  /** For accounts that hold any of `operatorRoles`. */
  readonly operatorMinLength: number;
  readonly operatorRoles: readonly string[];
  readonly maxLength: number;
}

/** Beyond this many UTF-8 bytes nothing is hashed. */
const PASSWORD_MAX_BYTES = 1024;

const encoder = new TextEncoder();

/**
 * Makes a given password ready for hashing: Unicode NFC, otherwise untouched (RFC 8265, section 4.2).
 * @throws Refusal `password.malformed` (lone surrogate, NUL) or `password.too-long`, before anything is hashed
 */
export function preparePassword(text: string, maxLength: number): Secret {
  // Cheap bound first: a code point never takes more than two UTF-16 units.
  if (text.length > maxLength * 4) throw new Refusal('password.too-long');
  if (!text.isWellFormed() || text.includes('\u0000')) throw new Refusal('password.malformed');
  const composed = text.normalize('NFC');
  if (countCodePoints(composed) > maxLength || encoder.encode(composed).length > PASSWORD_MAX_BYTES) {
    throw new Refusal('password.too-long');
  }
  return new Secret(composed);
}

/** A password as a sign-in hands it on: ready for hashing, or why it cannot be one. An empty one cannot. */
export function fitPassword(text: string, maxLength: number): Secret | Refusal {
  if (text === '') return new Refusal('password.too-short');
  try {
    return preparePassword(text, maxLength);
  } catch (reason) {
    if (reason instanceof Refusal) return reason;
    throw reason;
  }
}

/**
 * Checks a password somebody wants to set, for an account with these roles.
 * @throws Refusal `password.too-short`, `password.too-long` or `password.malformed`
 */
export function admitNewPassword(text: string, roles: readonly string[], policy: PasswordPolicy): Secret {
  const password = preparePassword(text, policy.maxLength);
  const isOperator = roles.some((role) => policy.operatorRoles.includes(role));
  const least = isOperator ? policy.operatorMinLength : policy.minLength;
  if (countCodePoints(password.reveal()) < least) {
    throw new Refusal('password.too-short', { limit: least, remark: `at least ${least} characters` });
  }
  return password;
}

/** Length as people count: code points, not UTF-16 units. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
