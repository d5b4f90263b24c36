// The port through which a stored hash of some scheme is verified: synchronous, because it runs in a thread of its own.
import type { PhcHash } from './phc.ts';

/** One way of hashing passwords that may be found in the store. */
export interface PasswordScheme {
  /** The name in front of the PHC string. */
  readonly schemes: readonly string[];
  /** Whether the parameters are complete and within bounds, so that verifying cannot hurt the server. */
  canVerify(hash: PhcHash): boolean;
  /** Only called when `canVerify` said so. Compares in constant time. */
  verify(hash: PhcHash, password: string): boolean;
}
