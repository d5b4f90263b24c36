// The clock of the process: what a step of the machine's clock may and may not do to it.
import { describe, expect, it } from 'vitest';

import { SystemClock } from './system-clock.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** A machine whose two clocks a test sets by hand. */
class Machine {
  #wall = NOON;
  #monotonic = 5_000;

  readonly clock = new SystemClock({ wall: () => this.#wall, monotonic: () => this.#monotonic });

  /** Time passes for both clocks, read once a second as a busy server does. */
  pass(milliseconds: number): number {
    const seconds = Array.from({ length: milliseconds / SECOND });
    return seconds.reduce<number>(() => {
      this.#wall += SECOND;
      this.#monotonic += SECOND;
      return this.clock.now();
    }, this.clock.now());
  }

  /** Somebody sets the wall clock. */
  step(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  wallTime(): number {
    return this.#wall;
  }
}

describe('reading the time', () => {
  it('tells what the wall clock tells while nobody sets it', () => {
    const machine = new Machine();

    const now = machine.pass(HOUR);

    expect(now).toBe(NOON + HOUR);
  });

  it('tells whole milliseconds', () => {
    const clock = new SystemClock({ wall: () => NOON + 0.7, monotonic: () => 0 });

    const now = clock.now();

    expect(now).toBe(NOON);
  });

  it('agrees with the clocks of this machine', () => {
    const clock = new SystemClock();

    const now = clock.now();

    expect(Math.abs(now - Date.now())).toBeLessThan(1000);
  });
});

describe('when somebody sets the clock of the machine', () => {
  it.each([
    { name: 'two hours forward', step: 2 * HOUR, least: 60_000, most: 60_600 },
    { name: 'two hours back', step: -2 * HOUR, least: 59_400, most: 60_000 },
  ])('R-101 lets a minute pass as a minute after a step of $name', ({ step, least, most }) => {
    const machine = new Machine();
    machine.step(step);

    const passed = machine.pass(60 * SECOND) - NOON;

    expect(passed).toBeGreaterThanOrEqual(least);
    expect(passed).toBeLessThanOrEqual(most);
  });

  it('R-101 never runs backwards, however often it is set', () => {
    const machine = new Machine();

    const readings = [-HOUR, 30, -5, 2 * HOUR, -3 * HOUR].flatMap((step) => {
      machine.step(step);
      return [machine.clock.now(), machine.pass(SECOND)];
    });

    expect(readings).toEqual(readings.toSorted((one, other) => one - other));
  });

  it.each([{ step: 30 * SECOND }, { step: -30 * SECOND }])(
    'comes to agree with it again after $step ms',
    ({ step }) => {
      const machine = new Machine();
      machine.step(step);

      const now = machine.pass(HOUR);

      expect(Math.abs(now - machine.wallTime())).toBeLessThanOrEqual(1);
    },
  );
});
