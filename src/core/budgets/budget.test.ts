// The arithmetic of budgets: windows, ladders of waits, and what is in flight.
import { describe, expect, it } from 'vitest';
import {
  type BudgetLimit,
  type BudgetState,
  countFailure,
  FRESH_BUDGET,
  judge,
  LOCKED_FOR_GOOD,
  secondsUntil,
} from './budget.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);

const ACCOUNT: BudgetLimit = {
  failures: 5,
  windowSeconds: 900,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 86_400,
  failuresInARow: 100,
};
const SOURCE: BudgetLimit = {
  failures: 20,
  windowSeconds: 900,
  firstWaitSeconds: 900,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 0,
  failuresInARow: null,
};

/** The state after failing at each of these instants. */
const failing = (limit: BudgetLimit, instants: readonly number[]): BudgetState =>
  instants.reduce((state, at) => countFailure(state, limit, at), FRESH_BUDGET);

const times = (count: number, at: number): readonly number[] => Array.from({ length: count }, () => at);

const at = (now: number, inFlight = 0) => ({ now, inFlight });

describe('an account that nobody has failed at', () => {
  it('grants as many attempts at once as failures are allowed', () => {
    expect(judge(FRESH_BUDGET, ACCOUNT, at(START, 4))).toEqual({ outcome: 'granted' });
  });

  it('lets the next one wait for those in flight instead of refusing it', () => {
    expect(judge(FRESH_BUDGET, ACCOUNT, at(START, 5))).toEqual({ outcome: 'in-flight' });
  });
});

describe('failing at an account', () => {
  it('leaves the account open before the fifth failure', () => {
    const state = failing(ACCOUNT, times(4, START));

    expect(judge(state, ACCOUNT, at(START))).toEqual({ outcome: 'granted' });
  });

  it('counts settled failures and attempts in flight together', () => {
    const state = failing(ACCOUNT, times(3, START));

    expect(judge(state, ACCOUNT, at(START, 1))).toEqual({ outcome: 'granted' });
    expect(judge(state, ACCOUNT, at(START, 2))).toEqual({ outcome: 'in-flight' });
  });

  it('makes a stranger wait a minute after the fifth', () => {
    const state = failing(ACCOUNT, times(5, START));

    expect(judge(state, ACCOUNT, at(START))).toEqual({ outcome: 'refused', until: START + MINUTE });
    expect(judge(state, ACCOUNT, at(START + MINUTE - 1)).outcome).toBe('refused');
  });

  it('allows a single attempt when the wait is over', () => {
    const state = failing(ACCOUNT, times(5, START));

    expect(judge(state, ACCOUNT, at(START + MINUTE, 0))).toEqual({ outcome: 'granted' });
    expect(judge(state, ACCOUNT, at(START + MINUTE, 1))).toEqual({ outcome: 'in-flight' });
  });

  it('doubles the wait with each further failure, up to an hour', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7].map((further) => {
      const last = START + further * 2 * HOUR;
      const state = failing(ACCOUNT, [
        ...times(5, START),
        ...Array.from({ length: further }, (_, step) => START + (step + 1) * 2 * HOUR),
      ]);
      return (state.lockedUntil - last) / MINUTE;
    });

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('forgets the ladder after 24 quiet hours', () => {
    const state = failing(ACCOUNT, times(5, START));
    const rested = START + MINUTE + 24 * HOUR;

    expect(judge(state, ACCOUNT, at(rested, 4))).toEqual({ outcome: 'granted' });
    expect(countFailure(state, ACCOUNT, rested)).toMatchObject({ failures: 1, waits: 0, lockedUntil: 0 });
  });

  it('forgets failures when their window is over', () => {
    const state = failing(ACCOUNT, times(4, START));

    expect(countFailure(state, ACCOUNT, START + 15 * MINUTE)).toMatchObject({ failures: 1, lockedUntil: 0 });
  });

  it('R-31 switches password sign-in off after a hundred in a row, however slowly they come', () => {
    const days = Array.from({ length: 100 }, (_, day) => START + day * 25 * HOUR);
    const state = failing(ACCOUNT, days);

    expect(state.lockedUntil).toBe(LOCKED_FOR_GOOD);
    expect(judge(state, ACCOUNT, at(START + 10_000 * HOUR)).outcome).toBe('refused');
  });

  it('R-31 never has more attempts in flight than are left of the hundred', () => {
    const days = Array.from({ length: 99 }, (_, day) => START + day * 25 * HOUR);
    const state = failing(ACCOUNT, days);

    expect(judge(state, ACCOUNT, at(START + 200 * 25 * HOUR, 1))).toEqual({ outcome: 'in-flight' });
  });
});

describe('failing from a source', () => {
  it('refuses after the twentieth for the length of the window', () => {
    const state = failing(SOURCE, times(20, START));

    expect(judge(state, SOURCE, at(START))).toEqual({ outcome: 'refused', until: START + 15 * MINUTE });
  });

  it('starts anew when the wait is over, for the next person may be another', () => {
    const state = failing(SOURCE, times(20, START));

    expect(judge(state, SOURCE, at(START + 15 * MINUTE, 19))).toEqual({ outcome: 'granted' });
  });
});

describe('telling when to come back', () => {
  it('says whole seconds, at least one', () => {
    expect(secondsUntil(START + 1, START, ACCOUNT)).toBe(1);
    expect(secondsUntil(START + 1001, START, ACCOUNT)).toBe(2);
  });

  it('names the longest wait where only the operator helps', () => {
    expect(secondsUntil(LOCKED_FOR_GOOD, START, ACCOUNT)).toBe(3600);
  });
});
