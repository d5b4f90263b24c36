// The arithmetic of allowances, whatever comes when.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Allowance,
  type AllowanceState,
  creditAllowance,
  FRESH_ALLOWANCE,
  judgeAllowance,
  returnToAllowance,
  spendAllowance,
} from './allowance.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const START = Date.UTC(2026, 4, 1);

const allowance = (most: number, windowSeconds: number, more: Partial<Allowance> = {}): Allowance => ({
  name: 'test',
  key: '',
  limit: { most, windowSeconds },
  cost: 1,
  isGuard: false,
  ...more,
});

interface Run {
  readonly state: AllowanceState;
  readonly granted: readonly number[];
}

/** What is granted of acts that come at these instants. */
function run(of: Allowance, instants: readonly number[]): Run {
  return instants.reduce<Run>(
    ({ state, granted }, at) =>
      judgeAllowance(state, of, at).outcome === 'granted'
        ? { state: spendAllowance(state, of, at), granted: [...granted, at] }
        : { state, granted },
    { state: FRESH_ALLOWANCE, granted: [] },
  );
}

/** The most that was granted within any stretch of that length. */
const densest = (granted: readonly number[], milliseconds: number): number =>
  Math.max(0, ...granted.map((from) => granted.filter((at) => at >= from && at < from + milliseconds).length));

const gaps = (longest: number) => fc.array(fc.integer({ min: 0, max: longest }), { minLength: 200, maxLength: 300 });
const risen = (gapsBetween: readonly number[]): readonly number[] =>
  gapsBetween.reduce<readonly number[]>((instants, gap) => [...instants, (instants.at(-1) ?? START) + gap], []);

describe('an allowance', () => {
  it.each([1, 5, 32, 33, 100])('R-46 never grants more than %i within any stretch of its length', (most) => {
    fc.assert(
      fc.property(gaps(Math.round((2 * HOUR) / most)), (between) => {
        const { granted } = run(allowance(most, 3600), risen(between));

        expect(densest(granted, HOUR)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 40 },
    );
  });

  it('grants what is rightfully there: nothing small is refused that fits', () => {
    fc.assert(
      fc.property(gaps(HOUR / 4), (between) => {
        const instants = risen(between);
        const { granted } = run(allowance(5, 3600), instants);

        const refused = instants.filter((at) => !granted.includes(at));
        const wrongly = refused.filter((now) => granted.filter((at) => at <= now && now < at + HOUR).length < 5);
        expect(wrongly).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('needs little room however much it counts', () => {
    const instants = Array.from({ length: 3000 }, (_, turn) => START + turn * SECOND);

    const { state, granted } = run(allowance(1_000_000, 3600), instants);

    expect(granted).toHaveLength(3000);
    expect(state.marks.length).toBeLessThanOrEqual(34);
  });

  it('says when there will be room, and there is', () => {
    const of = allowance(2, 60);
    const { state } = run(of, [START, START + 10 * SECOND]);

    const standing = judgeAllowance(state, of, START + 20 * SECOND);

    expect(standing).toEqual({ outcome: 'refused', until: START + 60 * SECOND, isGuard: false, isNews: false });
    expect(judgeAllowance(state, of, START + 60 * SECOND)).toEqual({ outcome: 'granted' });
  });

  it('refuses what costs more than there ever is', () => {
    expect(judgeAllowance(FRESH_ALLOWANCE, allowance(5, 60, { cost: 6 }), START)).toMatchObject({ outcome: 'refused' });
  });

  it('is as if nothing had been, once everything was given back', () => {
    const of = allowance(50, 3600, { cost: 7 });
    const { state } = run(of, [START, START + SECOND, START + HOUR / 2]);

    const after = [START + HOUR / 2, START, START + SECOND].reduce(
      (left, at) => returnToAllowance(left, of, at),
      state,
    );

    expect(after).toEqual(FRESH_ALLOWANCE);
  });
});

describe('an allowance that has to come to use', () => {
  const floor = { sample: 20, leastPercent: 10, patienceSeconds: 300, closedSeconds: 600 };
  const watched = allowance(1000, 3600, { floor });
  const twenty = run(
    watched,
    Array.from({ length: 20 }, (_, turn) => START + turn * SECOND),
  ).state;
  const used = (times: number): AllowanceState =>
    Array.from({ length: times }).reduce<AllowanceState>((state) => creditAllowance(state), twenty);
  const later = START + HOUR / 4;

  it.each([
    [0, 'refused'],
    [1, 'refused'],
    [2, 'granted'],
    [20, 'granted'],
  ])('with %i of 20 used is %s', (times, outcome) => {
    expect(judgeAllowance(used(times), watched, later)).toMatchObject({ outcome });
  });

  it('waits until they had their time', () => {
    expect(judgeAllowance(twenty, watched, START + 60 * SECOND)).toEqual({ outcome: 'granted' });
  });

  it('holds nothing against anybody for longer than its window', () => {
    expect(judgeAllowance(twenty, watched, START + 2 * HOUR)).toEqual({ outcome: 'granted' });
  });

  it('never closes where no use is demanded', () => {
    const unwatched = allowance(1000, 3600, { floor: { ...floor, leastPercent: 0 } });

    expect(judgeAllowance(twenty, unwatched, later)).toEqual({ outcome: 'granted' });
  });
});
