// The port through which passwords are hashed and verified: bounded, off the event loop.
import type { Secret } from '../kernel/secret.ts';

/** What became of a verification. */
export interface PasswordVerdict {
  readonly matches: boolean;
  /** The stored hash is of another scheme or cost than new ones get. */
  readonly isOutdated: boolean;
}

/** A place in the queue for hashing. */
export interface PoolPlace {
  /**
   * Verifies against a PHC string. Null, empty, damaged or unknown hashes never match and cost as much as a real one.
   */
  verify(passwordHash: string | null, password: Secret): Promise<PasswordVerdict>;
  /** A new PHC string (Argon2id, RFC 9106) with a fresh salt. */
  hash(password: Secret): Promise<string>;
  /** Gives the place up; call it exactly once. */
  leave(): void;
}

/** The bounded pool. */
export interface PasswordPool {
  /**
   * Takes a place and waits for its turn, before anything is written.
   * @throws Refusal `server.busy` when the predicted wait is longer than the configured one
   */
  enter(): Promise<PoolPlace>;
}
