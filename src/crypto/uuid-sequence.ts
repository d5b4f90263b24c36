// UUIDs of version 7 that sort in the order in which they were made (RFC 9562, sections 5.7 and 6.2, method 1).

/** The 12 bits behind the instant count the UUIDs of one millisecond; they start at random in the lower half. */
const COUNTER_END = 0x1000;
const COUNTER_SEED_MASK = 0x7ff;
const RANDOM_BYTES = 10;

/** Makes UUIDs of instants; of instants that never run backwards, UUIDs that never do. */
export class UuidSequence {
  readonly #random: (bytes: number) => Uint8Array;
  /** The instant asked for last. */
  #askedAt = -1;
  /** The instant written last: ahead of `#askedAt` once a millisecond's counter is used up. */
  #writtenAt = -1;
  #counter = 0;

  constructor(random: (bytes: number) => Uint8Array) {
    this.#random = random;
  }

  next(at: number): string {
    const random = Buffer.from(this.#random(RANDOM_BYTES));
    const seed = random.readUInt16BE(8) & COUNTER_SEED_MASK;
    // An instant in the past was asked for on purpose: it is written as it is and disturbs no order.
    if (at < this.#askedAt) return spell(at, seed, random);
    this.#askedAt = at;
    if (at > this.#writtenAt) this.#startAt(at, seed);
    else if (++this.#counter === COUNTER_END) this.#startAt(this.#writtenAt + 1, seed);
    return spell(this.#writtenAt, this.#counter, random);
  }

  #startAt(at: number, seed: number): void {
    this.#writtenAt = at;
    this.#counter = seed;
  }
}

function spell(at: number, counter: number, random: Buffer): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const middle = (0x7000 | counter).toString(16);
  const variant = (0x8000 | (random.readUInt16BE(0) & 0x3fff)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-${middle}-${variant}-${random.toString('hex', 2, 8)}`;
}
