// The time of day, read so that a step of the machine's clock neither unlocks nor locks anything while the process lives.
import type { Clock } from '#core';

/** Where the readings come from, both in milliseconds. */
export interface TimeSources {
  /** The wall clock, which somebody may set. */
  readonly wall: () => number;
  /** A clock that only ever goes forward, at its own pace. */
  readonly monotonic: () => number;
}

/** How fast a difference to the wall clock is made up: 10 ms a second. */
const SLEW = 0.01;

const MACHINE: TimeSources = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * Reads the wall clock once and from then on counts monotonic time.
 * A difference to the wall clock, in either direction, is made up at 1 %: a correction of the machine's clock arrives in
 * the end, yet a wait of a minute never changes by more than 0.6 s because somebody set the clock. A machine that was
 * asleep catches up at the same pace; starting the process anew reads the wall clock again.
 */
export class SystemClock implements Clock {
  readonly #sources: TimeSources;
  #time: number;
  #readAt: number;

  constructor(sources: TimeSources = MACHINE) {
    this.#sources = sources;
    this.#time = sources.wall();
    this.#readAt = sources.monotonic();
  }

  now(): number {
    const readAt = this.#sources.monotonic();
    const passed = Math.max(0, readAt - this.#readAt);
    const behind = this.#sources.wall() - (this.#time + passed);
    const slew = passed * SLEW;
    this.#readAt += passed;
    this.#time += passed + Math.min(slew, Math.max(-slew, behind));
    return Math.floor(this.#time);
  }
}
