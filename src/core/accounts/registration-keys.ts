// The port that remembers which registrations came under a key, so that asking once more registers nobody twice.

/** What a client calls its registration, so that it can ask once more. Both are keyed digests. */
export interface RegistrationKey {
  readonly key: string;
  /** Of what was asked, secrets left out. */
  readonly request: string;
}

/** A registration that came under a key. */
export interface KeptRegistration {
  readonly request: string;
  readonly accountId: string;
}

/** Remembers registrations; they are written by `AccountStore.create`, in its act. */
export interface RegistrationKeys {
  /** Undefined when there is none, or none that is remembered any more. */
  find(realm: string, key: string, now: number): Promise<KeptRegistration | undefined>;
  /** Removes those that ended before the instant, at most so many; tells how many. */
  sweep(endedBefore: number, limit: number): Promise<number>;
}
