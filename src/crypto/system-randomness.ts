// Chance from the operating system's generator, drawn in blocks because one call for every token would be slow.
import { randomFillSync } from 'node:crypto';

import type { Randomness, RandomSpelling } from '#core';

import { UuidSequence } from './uuid-sequence.ts';

const BLOCK_BYTES = 4096;
const MOST_SYMBOLS = 256;

/** Uniform texts and ordered UUIDs. */
export class SystemRandomness implements Randomness {
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  readonly #uuids = new UuidSequence((bytes) => this.#take(bytes));
  #used = BLOCK_BYTES;

  /**
   * Draws every symbol by itself: a random byte is cut to as many bits as the alphabet needs, and thrown away when it
   * still points beyond the alphabet, so that no symbol is likelier than another.
   */
  text({ alphabet, length }: RandomSpelling): string {
    const symbols = alphabet.length;
    if (symbols < 2 || symbols > MOST_SYMBOLS) throw new TypeError('an alphabet has 2 to 256 symbols');
    const mask = 2 ** Math.ceil(Math.log2(symbols)) - 1;
    let text = '';
    while (text.length < length) text += alphabet.charAt(this.#byte() & mask);
    return text;
  }

  uuid(at: number): string {
    return this.#uuids.next(at);
  }

  #byte(): number {
    if (this.#used === BLOCK_BYTES) this.#refill();
    const byte = this.#block[this.#used] ?? 0;
    // What was given out must not be found in memory later.
    this.#block[this.#used] = 0;
    this.#used += 1;
    return byte;
  }

  #take(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#byte());
  }

  #refill(): void {
    randomFillSync(this.#block);
    this.#used = 0;
  }
}
