// Looks for many secrets in many bytes at once: a rolling hash over eight bytes says where it is worth comparing.
import { SPELLINGS } from './spellings.ts';

/** Where a secret was found, and how it was spelled. Never the secret itself: this is printed. */
export interface Sighting {
  readonly spelling: string;
  readonly at: number;
  /** Which of the secrets, by its place in the list. */
  readonly secret: number;
}

const WINDOW = 8;
const FACTOR = 0x01000193;
/** What the byte that leaves the window still contributes. */
const LEAVING = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, FACTOR), 1);
const FILTER_BITS = 26;

interface Needle {
  readonly secret: number;
  readonly spelling: number;
  readonly form: number;
}

/** Knows the secrets. Each spelling must be eight bytes long at least; a shorter one might stand anywhere by chance. */
export class Scanner {
  readonly #secrets: readonly string[];
  readonly #needles = new Map<number, Needle[]>();
  /** One bit per hash: almost every position is passed over at the price of one look. */
  readonly #filter = new Uint8Array(2 ** (FILTER_BITS - 3));

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
    for (const [secret, text] of secrets.entries()) {
      for (const [spelling, { of }] of SPELLINGS.entries()) {
        for (const [form, bytes] of of(text).entries()) this.#know({ secret, spelling, form }, bytes);
      }
    }
  }

  /** Every place in the bytes where a secret stands. */
  scan(bytes: Uint8Array): readonly Sighting[] {
    const found: Sighting[] = [];
    let hash = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      hash = Math.imul(hash, FACTOR) + (bytes[at] ?? 0) + 1;
      if (at >= WINDOW) hash -= Math.imul((bytes[at - WINDOW] ?? 0) + 1, LEAVING);
      hash |= 0;
      if (at >= WINDOW - 1 && this.#mayStand(hash)) found.push(...this.#compare(bytes, at - WINDOW + 1, hash));
    }
    return found;
  }

  #know(needle: Needle, bytes: Uint8Array): void {
    if (bytes.length < WINDOW) return;
    const hash = hashOf(bytes);
    const known = this.#needles.get(hash);
    if (known === undefined) this.#needles.set(hash, [needle]);
    else known.push(needle);
    const bit = hash >>> (32 - FILTER_BITS);
    this.#filter[bit >>> 3] = (this.#filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  #mayStand(hash: number): boolean {
    const bit = hash >>> (32 - FILTER_BITS);
    return ((this.#filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }

  #compare(bytes: Uint8Array, at: number, hash: number): readonly Sighting[] {
    const candidates = (this.#needles.get(hash) ?? []).filter((needle) => startsWith(bytes, at, this.#bytesOf(needle)));
    return candidates.map(({ secret, spelling }) => ({ secret, at, spelling: SPELLINGS[spelling]?.name ?? '' }));
  }

  #bytesOf({ secret, spelling, form }: Needle): Uint8Array {
    return SPELLINGS[spelling]?.of(this.#secrets[secret] ?? '')[form] ?? new Uint8Array(0);
  }
}

function hashOf(bytes: Uint8Array): number {
  let hash = 0;
  for (let at = 0; at < WINDOW; at += 1) hash = (Math.imul(hash, FACTOR) + (bytes[at] ?? 0) + 1) | 0;
  return hash;
}

function startsWith(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  return needle.length > 0 && Buffer.compare(bytes.subarray(at, at + needle.length), needle) === 0;
}
