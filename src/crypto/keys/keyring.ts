// The server's own secrets: what encrypts identifiers, what finds them again, and what keys the other digests.
import { createHmac, randomBytes } from 'node:crypto';

/** Length of every secret in bytes. */
const SECRET_BYTES = 32;

const FORMAT = 'understudy-keys/1';
const ID_BYTES = 6;

/** The secrets identifiers are kept with. `keys rotate` replaces them. */
export interface IdentifierKeys {
  /** Tells which keys a stored value was made with; not a secret. */
  readonly id: string;
  readonly encryption: Buffer;
  readonly index: Buffer;
}

/** The keys are missing, damaged, in the open or not those of the database. The message is for the operator. */
export class KeyringError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyringError';
  }
}

/**
 * An immutable set of keys. One set of identifier keys is current; after a rotation the previous one stays live until
 * everything stored has been rewritten. The digest key keys signatures, codes and phantom names, of which the server
 * has no clear text to rewrite, so that a rotation leaves it alone.
 */
export class Keyring {
  readonly #digests: Buffer;
  readonly #sets: readonly [IdentifierKeys, ...IdentifierKeys[]];

  private constructor(digests: Buffer, sets: readonly [IdentifierKeys, ...IdentifierKeys[]]) {
    this.#digests = digests;
    this.#sets = sets;
  }

  /** New keys. Only ever for an empty store: nothing kept with other keys could be read again. */
  static make(): Keyring {
    return new Keyring(randomBytes(SECRET_BYTES), [newSet()]);
  }

  /**
   * Reads what `text()` wrote.
   * @throws KeyringError when a secret is missing or not 32 bytes long; the message never quotes the text
   */
  static parse(text: string): Keyring {
    const stored = parseObject(text);
    if (stored['format'] !== FORMAT) throw new KeyringError(`the keys are not of the format ${FORMAT}`);
    const sets = Array.isArray(stored['identifiers']) ? stored['identifiers'].map(readSet) : [];
    const [current, ...previous] = sets;
    if (!current) throw new KeyringError('the keys hold no set under "identifiers"');
    if (new Set(sets.map(({ id }) => id)).size < sets.length) throw new KeyringError('two sets of keys have one id');
    return new Keyring(readSecret(stored, 'digests'), [current, ...previous]);
  }

  /** The text to keep: it is the secret itself. */
  text(): string {
    const identifiers = this.#sets.map(({ id, encryption, index }) => ({
      id,
      encryption: encryption.toString('base64url'),
      index: index.toString('base64url'),
    }));
    const stored = { format: FORMAT, digests: this.#digests.toString('base64url'), identifiers };
    return `${JSON.stringify(stored, null, 2)}\n`;
  }

  /** The keys new values are made with. */
  get current(): IdentifierKeys {
    return this.#sets[0];
  }

  /** Every set under which a stored value may still be found, the current one first. */
  get live(): readonly IdentifierKeys[] {
    return this.#sets;
  }

  /** Keys digests that a rotation must not change. */
  get digestKey(): Buffer {
    return this.#digests;
  }

  /** What the database remembers its keys by. It gives nothing away and changes with a rotation. */
  get fingerprint(): string {
    return this.#fingerprintOf(this.current);
  }

  /** Whether these are the keys of a database that remembers this fingerprint: of the current set or a live one. */
  answersTo(fingerprint: string): boolean {
    return this.#sets.some((set) => this.#fingerprintOf(set) === fingerprint);
  }

  /**
   * A keyring with a new current set and the present one still live.
   * @throws KeyringError while the rotation before is unfinished: its rows would become unreadable
   */
  rotated(): Keyring {
    if (this.#sets.length > 1) throw new KeyringError('the rotation before this one is unfinished');
    return new Keyring(this.#digests, [newSet(), this.current]);
  }

  /** The keyring after a rotation, when nothing is kept with the previous set any more. */
  settled(): Keyring {
    return new Keyring(this.#digests, [this.current]);
  }

  toJSON(): string {
    return '[redacted]';
  }

  #fingerprintOf({ id, encryption, index }: IdentifierKeys): string {
    const hmac = createHmac('sha256', this.#digests).update(`fingerprint:${id}:`).update(encryption).update(index);
    return hmac.digest('base64url').slice(0, 22);
  }
}

function newSet(): IdentifierKeys {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    encryption: randomBytes(SECRET_BYTES),
    index: randomBytes(SECRET_BYTES),
  };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The parser's own message would quote the secrets.
  }
  throw new KeyringError('the keys are not a JSON object');
}

function readSet(value: unknown): IdentifierKeys {
  const stored = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const id = stored['id'];
  if (typeof id !== 'string' || !/^[0-9a-z]{4,32}$/.test(id)) throw new KeyringError('a set of keys has no proper id');
  return { id, encryption: readSecret(stored, 'encryption'), index: readSecret(stored, 'index') };
}

function readSecret(stored: Record<string, unknown>, name: string): Buffer {
  const text = stored[name];
  if (typeof text !== 'string' || text === '') throw new KeyringError(`the key "${name}" is missing`);
  const secret = Buffer.from(text, 'base64url');
  if (secret.length !== SECRET_BYTES) throw new KeyringError(`the key "${name}" is not ${SECRET_BYTES} bytes long`);
  return secret;
}
