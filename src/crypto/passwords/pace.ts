// How long waiting takes: learned from the line itself while people stand in it, and from the usual hash before.

/** How quickly the usual time of a hash follows: a tenth of each new measurement. */
const FOLLOWS = 0.1;
/** People are called in bursts of three: fewer than so many say little, and older ones nothing any more. */
const LEAST = 12;
const MOST = 48;

/** The usual time of a hash at present. */
export class HashPace {
  #ms = 0;

  /** Milliseconds; 0 until the first was measured. */
  get ms(): number {
    return this.#ms;
  }

  observe(milliseconds: number): void {
    this.#ms += (milliseconds - this.#ms) * (this.#ms === 0 ? 1 : FOLLOWS);
  }
}

/** How quickly one line moves on, whatever holds it up: slow hashes, slow disks, other lines. */
export class LinePace {
  /** When people were called since the line was last empty, the latest last. */
  #calls: number[] = [];

  /** Milliseconds from one call to the next; undefined while too few are known. */
  get betweenMs(): number | undefined {
    const [first, last] = [this.#calls[0], this.#calls.at(-1)];
    if (this.#calls.length < LEAST || first === undefined || last === undefined) return undefined;
    return (last - first) / (this.#calls.length - 1);
  }

  called(now: number): void {
    this.#calls.push(now);
    if (this.#calls.length > MOST) this.#calls.shift();
  }

  /** The line is empty: the next call says when somebody came, and not how quickly it moves. */
  rest(): void {
    this.#calls = [];
  }
}
