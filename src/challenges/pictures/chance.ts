// Chance for drawings: numbers nobody can foresee, drawn in bulk.
import { randomFillSync } from 'node:crypto';

/** The darkest paper. */
const LIGHT = 216;

/** Draws numbers. */
export class Chance {
  readonly #drawn = new Uint32Array(256);
  #used = this.#drawn.length;

  /** Anywhere from one to the other. */
  between(least: number, most: number): number {
    return least + (most - least) * (this.#next() / 2 ** 32);
  }

  /** As far from zero as this, in either direction. */
  around(most: number): number {
    return this.between(-most, most);
  }

  /** So many light greys: paper nobody can subtract. */
  paper(pixels: number): Uint8Array {
    return randomFillSync(new Uint8Array(pixels)).map((byte) => LIGHT + (byte & 31));
  }

  #next(): number {
    if (this.#used === this.#drawn.length) {
      randomFillSync(this.#drawn);
      this.#used = 0;
    }
    const next = this.#drawn[this.#used] ?? 0;
    this.#used += 1;
    return next;
  }
}
