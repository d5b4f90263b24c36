// Who may hash next: a bounded first-come queue that turns people away when they would wait too long.
import { Refusal } from '#core';

/** How long and how many may wait. */
export interface WaitingRoomBounds {
  /** Places beyond the door at once. */
  readonly places: number;
  /** How many hashes are computed at once. */
  readonly concurrency: number;
  /** Most that may wait for a place. */
  readonly queue: number;
  /** Longest predicted wait. */
  readonly waitMs: number;
}

interface Waiter {
  readonly admit: () => void;
  readonly turnAway: () => void;
}

/** How quickly the estimate follows: a tenth of each new measurement. */
const FOLLOWS = 0.1;
/** A prediction may be wrong by so much before a waiting one is turned away after all. */
const PATIENCE = 1.25;

/** Counts places and predicts waits. */
export class WaitingRoom {
  readonly #bounds: WaitingRoomBounds;
  readonly #waiters = new Set<Waiter>();
  #inside = 0;
  #refused = 0;
  /** Usual time of one hash, milliseconds; 0 until the first was measured. */
  #hashMs = 0;
  #isClosed = false;

  constructor(bounds: WaitingRoomBounds) {
    this.#bounds = bounds;
  }

  get census(): {
    readonly inside: number;
    readonly waiting: number;
    readonly refused: number;
    readonly hashMs: number;
  } {
    return { inside: this.#inside, waiting: this.#waiters.size, refused: this.#refused, hashMs: this.#hashMs };
  }

  /** Learns how long a hash takes at present. */
  observe(milliseconds: number): void {
    this.#hashMs += (milliseconds - this.#hashMs) * (this.#hashMs === 0 ? 1 : FOLLOWS);
  }

  /** @throws Refusal `server.busy` at once when too many wait already, or later when the prediction was wrong */
  async enter(): Promise<void> {
    const hasRoom = this.#inside < this.#bounds.places && this.#waiters.size === 0;
    if (hasRoom && !this.#isClosed) {
      this.#inside += 1;
      return;
    }
    const isFull = this.#waiters.size >= this.#bounds.queue || this.#predictedMs() > this.#bounds.waitMs;
    if (isFull || this.#isClosed) throw this.#busy();
    await this.#queueUp();
  }

  /** Hands the place to whoever waits longest. */
  leave(): void {
    const [next] = this.#waiters;
    if (next) next.admit();
    else this.#inside -= 1;
  }

  /** Turns everybody away who still waits, and everybody who comes. */
  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#waiters) waiter.turnAway();
  }

  async #queueUp(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const settle = (act: () => void) => () => {
      clearTimeout(deadline);
      this.#waiters.delete(waiter);
      act();
    };
    const waiter: Waiter = { admit: settle(() => resolve(undefined)), turnAway: settle(() => reject(this.#busy())) };
    const deadline = setTimeout(waiter.turnAway, this.#bounds.waitMs * PATIENCE);
    this.#waiters.add(waiter);
    await promise;
  }

  /** How long one more would wait: everybody before them has to leave first. */
  #predictedMs(): number {
    return ((this.#waiters.size + 1) * this.#hashMs) / this.#bounds.concurrency;
  }

  #busy(): Refusal {
    this.#refused += 1;
    return new Refusal('server.busy', { retryAfterSeconds: Math.max(1, Math.ceil(this.#predictedMs() / 1000)) });
  }
}
