// That the instrument sees a leak of half a millisecond, and sees none where there is none.
import { describe, expect, it } from 'vitest';

import { GATES, judge, LEAK_MS, rankAuc, separate } from './statistics.ts';

/** The usual time of an answer, and how far answers of a machine at rest lie around it. */
const USUAL_MS = 7;
const NOISE_MS = 0.3;
/** One answer in so many is held up by something else, and by how much. */
const HELD_UP = 25;
const HOLD_UP_MS = 12;

/** The same chance every time (xorshift, 32 bits), above 0 and below 1. */
function chanceOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e37_79b9);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Durations as they are measured: a bell, with a tail of answers that were held up. */
function durations(count: number, { seed, leakMs = 0 }: { readonly seed: number; readonly leakMs?: number }): number[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => {
    const bell = Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
    const held = chance() < 1 / HELD_UP ? HOLD_UP_MS * chance() : 0;
    return USUAL_MS + NOISE_MS * bell + held + leakMs;
  });
}

const RUNS = Array.from({ length: 40 }, (_, run) => run);

describe('the rank statistic', () => {
  it.each([
    { first: [1, 2, 3], second: [4, 5], auc: 1 },
    { first: [4, 5], second: [1, 2, 3], auc: 0 },
    { first: [1, 3], second: [2], auc: 0.5 },
    { first: [1, 2, 2, 5], second: [2], auc: 0.5 },
    { first: [7, 7, 7], second: [7, 7], auc: 0.5 },
    { first: [3, 1, 2], second: [2.5, 0], auc: 1 / 3 },
  ])('is $auc for $first and $second', ({ first, second, auc }) => {
    expect(rankAuc(first, second)).toBeCloseTo(auc, 12);
  });

  it('says nothing of nothing', () => {
    expect(() => rankAuc([], [1])).toThrow(RangeError);
    expect(() => rankAuc([1], [])).toThrow(RangeError);
  });
});

describe.each(Object.entries(GATES))('the %s gate', (_, gate) => {
  const count = gate.trials / 2;
  const rounds = (leakMs: number) =>
    RUNS.map((run) =>
      separate(durations(count, { seed: 2 * run + 1 }), durations(count, { seed: 2 * run + 2, leakMs })),
    );

  it('R-21 catches a planted leak of half a millisecond every time, in either direction', () => {
    const caught = [...rounds(LEAK_MS), ...rounds(-LEAK_MS)].filter((each) => judge(each, gate) === 'uneven');

    expect(caught).toHaveLength(2 * RUNS.length);
  });

  it('R-21 raises no alarm where nothing leaks, and shows that it would have', () => {
    const passed = rounds(0).filter((each) => judge(each, gate) === 'even');

    expect(passed).toHaveLength(RUNS.length);
  });

  it('catches what a ratio of medians misses', () => {
    const leaking = rounds(0.4 * LEAK_MS);

    expect(leaking.filter(({ ratio }) => ratio > 0.95 && ratio < 1.05)).toHaveLength(RUNS.length);
    expect(leaking.filter((each) => judge(each, gate) !== 'uneven')).toEqual([]);
  });

  it('R-23 catches a list that has the same middle and another shape', () => {
    const narrow = (seed: number) => durations(count, { seed }).map((each) => USUAL_MS + (each - USUAL_MS) / 2);

    const rounds = RUNS.map((run) => separate(durations(count, { seed: 2 * run + 1 }), narrow(2 * run + 2)));

    expect(rounds.filter((each) => judge(each, gate) !== 'uneven')).toEqual([]);
    expect(rounds.filter(({ auc }) => Math.abs(auc - 0.5) > gate.within)).toEqual([]);
  });

  it('does not pass a machine so noisy that the leak would have gone unseen', () => {
    const chance = chanceOf(1);
    const noisy = (seed: number) => durations(count, { seed }).map((each) => each + 60 * chance());

    expect(judge(separate(noisy(1), noisy(2)), gate)).toBe('blind');
  });
});
