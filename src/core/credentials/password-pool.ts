// The port through which passwords are hashed and verified: bounded, off the event loop.
import type { Secret } from '../kernel/secret.ts';

/** What became of a verification. */
export interface PasswordVerdict {
  readonly matches: boolean;
  /** The stored hash is of another scheme or cost than new ones get. */
  readonly isOutdated: boolean;
}

/** Who asks for a place, as far as it matters to whose turn it is. It says nothing about any account: none has been looked up yet. */
export interface Entrant {
  /** The bucket of the source (`Source.bucket`). */
  readonly source: string;
  /** Only holders of a role are let in here: the way in of operators. */
  readonly isForOperators: boolean;
  /** Whether nobody waits for the answer any more. */
  readonly isGone: () => boolean;
}

/** A place in the queue for hashing. */
export interface PoolPlace {
  /**
   * Verifies against a PHC string. Null, empty, damaged or unknown hashes never match and cost as much as a real one.
   * @throws Refusal `server.busy` when it has become too late, or nobody waits for it any more: then nothing is hashed
   */
  verify(passwordHash: string | null, password: Secret): Promise<PasswordVerdict>;
  /** A new PHC string (Argon2id, RFC 9106) with a fresh salt. What has been decided already is carried out, however late it is. */
  hash(password: Secret): Promise<string>;
  /** Gives the place up; call it exactly once. */
  leave(): void;
}

/** The bounded pool. */
export interface PasswordPool {
  /**
   * Takes a place and waits for its turn, before anything is written. Left out, the entrant is somebody who has been let in already.
   * @throws Refusal `server.busy` when the predicted wait is longer than the configured one
   */
  enter(entrant?: Entrant): Promise<PoolPlace>;
}
