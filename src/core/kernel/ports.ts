// What the core needs from the machine it runs on: time, chance, digests and a vault for identifiers.

/** Tells the time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z; never runs backwards within a process's life. */
  now(): number;
}

/** Waits. */
export interface Timer {
  /** Resolves after so many milliseconds, at the earliest. */
  after(milliseconds: number): Promise<void>;
}

/** The spelling of a random text: `length` symbols drawn uniformly from `alphabet`. */
export interface RandomSpelling {
  readonly alphabet: string;
  readonly length: number;
}

/** Draws from a cryptographically secure source. */
export interface Randomness {
  /** Uniform over the alphabet, symbol by symbol. */
  text(spelling: RandomSpelling): string;
  /** A UUID of version 7 (RFC 9562, section 5.7) for the given instant. */
  uuid(at: number): string;
}

/** One-way functions. All digests are 43 characters of base64url (SHA-256). */
export interface Digests {
  /** Of a token with at least 128 random bits: plain SHA-256. */
  ofToken(token: string): string;
  /** Of something guessable (signature, code, name): keyed with a server secret, separated by purpose. */
  keyed(purpose: string, text: string): string;
  /** Compares two digests in constant time. */
  equal(left: string, right: string): boolean;
}

/** Keeps sensitive identifiers: found by a keyed blind index, stored encrypted. */
export interface IdentifierVault {
  /** Blind-index keys under which the value may be stored, the current key's first. */
  indexKeys(kind: string, value: string): readonly string[];
  /** Encrypts (AES-256-GCM), bound to its kind. */
  seal(kind: string, value: string): string;
  /** Undoes `seal`; throws a fault when the sealed text was altered or its key is gone. */
  open(kind: string, sealed: string): string;
}

/** A bounded map that forgets what was used least recently. */
export interface Cache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
  delete(key: K): unknown;
  clear(): void;
  values(): Iterable<V>;
}
