// Who may hash next: bounded lines that turn people away when they would wait too long, or have gone.
import { Refusal } from '#core';
import { HashPace } from './pace.ts';
import { type Standing, STANDINGS, type Waiter, WaitingLines } from './waiting-lines.ts';

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

/** Somebody who wants a place. */
export type Guest = Pick<Waiter, 'isGone' | 'source' | 'standing'>;

/** What the room has seen since it was opened, and sees now. */
export interface RoomCensus {
  readonly inside: number;
  readonly waiting: number;
  readonly waitingBy: Readonly<Record<Standing, number>>;
  /** Let in, at once or after a wait. */
  readonly admittedBy: Readonly<Record<Standing, number>>;
  /** Turned away as busy, at once or in the end. */
  readonly refused: number;
  readonly refusedBy: Readonly<Record<Standing, number>>;
  /** Went away while they waited. */
  readonly gone: number;
  readonly hashMs: number;
}

/** Signing in is more than hashing: so much longer than its hash takes what a line moves on by, until the line itself has shown it. */
const BESIDES = 1.25;
/**
 * A prediction may be wrong by so much before somebody who waits is turned away after all: whoever was let into the line is hardly ever
 * sent away again, and whoever is sent away hears it at once.
 */
const PATIENCE = 2;

/** A line is looked through for those who have gone at most so often. */
const LOOKS_EVERY_MS = 20;

const SOMEBODY: Guest = { standing: 'known', isGone: () => false };

/** Counts places and predicts waits. */
export class WaitingRoom {
  readonly #bounds: WaitingRoomBounds;
  readonly #hashPace = new HashPace();
  readonly #lines: WaitingLines;
  readonly #admitted = noneYet();
  readonly #refused = noneYet();
  #inside = 0;
  #gone = 0;
  #looksAgainAt = 0;
  #isClosed = false;

  constructor(bounds: WaitingRoomBounds) {
    this.#bounds = bounds;
    this.#lines = new WaitingLines(bounds.queue);
  }

  get census(): RoomCensus {
    const waitingBy = noneYet();
    for (const standing of STANDINGS) waitingBy[standing] = this.#lines.sizeOf(standing);
    return {
      inside: this.#inside,
      waiting: this.#lines.size,
      waitingBy,
      admittedBy: { ...this.#admitted },
      refused: STANDINGS.reduce((sum, standing) => sum + this.#refused[standing], 0),
      refusedBy: { ...this.#refused },
      gone: this.#gone,
      hashMs: this.#hashPace.ms,
    };
  }

  /** Learns how long a hash takes at present. */
  observe(milliseconds: number): void {
    this.#hashPace.observe(milliseconds);
  }

  /** @throws Refusal `server.busy` at once when too many wait already, or later when the prediction was wrong */
  async enter(guest: Guest = SOMEBODY): Promise<void> {
    const isFree = this.#inside < this.#bounds.places && this.#lines.size === 0;
    if (isFree && !this.#isClosed) {
      this.#inside += 1;
      this.#admitted[guest.standing] += 1;
      return;
    }
    const standing = guest.standing === 'known' ? this.#lines.standingOf(guest.source) : guest.standing;
    if (this.#isClosed || !this.#hasTimeFor(standing)) throw this.#busy(standing);
    await this.#queueUp(guest, standing);
  }

  /** Hands the place to whoever's turn it is. */
  leave(): void {
    const next = this.#next();
    if (next === undefined) this.#inside -= 1;
    next?.admit();
  }

  /** Turns everybody away who still waits, and everybody who comes. */
  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#lines.all()) waiter.turnAway();
  }

  /** Whether one more would be served in time. Whoever has gone makes room first. */
  #hasTimeFor(standing: Standing): boolean {
    return this.#isInTime(standing) || (this.#forgetGone() && this.#isInTime(standing));
  }

  /** Whether anybody had gone. In a storm it is not looked for each time somebody has to be turned away. */
  #forgetGone(): boolean {
    const now = performance.now();
    if (now < this.#looksAgainAt) return false;
    this.#looksAgainAt = now + LOOKS_EVERY_MS;
    const gone = this.#lines.all().filter(({ isGone }) => isGone());
    for (const waiter of gone) this.#forget(waiter);
    return gone.length > 0;
  }

  #isInTime(standing: Standing): boolean {
    return this.#lines.hasRoom(standing) && this.#predictedMs(standing) <= this.#bounds.waitMs;
  }

  #next(): Waiter | undefined {
    const now = performance.now();
    for (let next = this.#lines.next(now); next !== undefined; next = this.#lines.next(now)) {
      if (next.isGone()) this.#forget(next);
      else return next;
    }
    return undefined;
  }

  #forget(waiter: Waiter): void {
    this.#gone += 1;
    waiter.turnAway();
  }

  async #queueUp(guest: Guest, standing: Standing): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const settle = (act: () => void) => () => {
      clearTimeout(deadline);
      this.#lines.leave(waiter);
      act();
    };
    const waiter: Waiter = {
      ...guest,
      standing,
      admit: settle(() => resolve(undefined)),
      turnAway: settle(() => reject(guest.isGone() ? goneAway() : this.#busy(standing))),
    };
    const deadline = setTimeout(waiter.turnAway, this.#bounds.waitMs * PATIENCE);
    this.#lines.join(waiter);
    await promise;
    this.#admitted[standing] += 1;
  }

  /** How long one more would wait until it is their turn. */
  #predictedMs(standing: Standing): number {
    return this.#lines.waitMs(standing, (this.#hashPace.ms * BESIDES) / this.#bounds.concurrency);
  }

  #busy(standing: Standing): Refusal {
    const soonest = Math.max(1, Math.ceil(this.#predictedMs(standing) / 1000));
    // Those who are turned away together had better not come back together.
    const retryAfterSeconds = soonest + (this.#refused[standing] % (soonest + 1));
    this.#refused[standing] += 1;
    return new Refusal('server.busy', { retryAfterSeconds });
  }
}

/** What nobody reads any more; the operator's log does. */
export function goneAway(): Refusal {
  return new Refusal('server.busy', { retryAfterSeconds: 1, remark: 'the client went away' });
}

function noneYet(): Record<Standing, number> {
  return { operator: 0, known: 0, stranger: 0 };
}
