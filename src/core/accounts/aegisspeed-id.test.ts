// The series of AegisSpeed IDs, at its ends and at its seams.
import { describe, expect, it } from 'vitest';
import { aegisSpeedId } from './aegisspeed-id.ts';

/** So many of the series from the n-th on. */
const from = (n: number, many: number): string[] => Array.from({ length: many }, (_, index) => aegisSpeedId(n + index));

describe('issuing AegisSpeed IDs', () => {
  it('counts in decimal from 1 to 999999', () => {
    expect([1, 2, 10, 999_999].map(aegisSpeedId)).toEqual(['ASD000001', 'ASD000002', 'ASD000010', 'ASD999999']);
  });

  it('goes on with the first endings that hold a letter', () => {
    expect(from(1_000_000, 3)).toEqual(['ASD00000A', 'ASD00000B', 'ASD00000C']);
    expect(from(1_000_025, 2)).toEqual(['ASD00000Z', 'ASD00001A']);
  });

  it('takes every ending behind a letter, digits too', () => {
    const firstBehindA = 999_999 + 26 * 10 + 1;

    const ids = from(firstBehindA, 11);

    expect([ids[0], ids[1], ids[9], ids[10]]).toEqual(['ASD0000A0', 'ASD0000A1', 'ASD0000A9', 'ASD0000AA']);
  });

  it('gives no ID twice, rises all the way, and keeps to six places', () => {
    const ids = from(990_000, 60_000);
    const lettered = ids.slice(10_000);

    expect(new Set(ids).size).toBe(ids.length);
    expect(lettered).toEqual(lettered.toSorted());
    expect(ids.filter((id) => !/^ASD[0-9A-Z]{6}$/.test(id))).toEqual([]);
  });

  it('ends with the last one', () => {
    const last = 36 ** 6 - 1;

    expect(aegisSpeedId(last)).toBe('ASDZZZZZZ');
    expect(() => aegisSpeedId(last + 1)).toThrow(RangeError);
    expect(() => aegisSpeedId(0)).toThrow(RangeError);
    expect(() => aegisSpeedId(1.5)).toThrow(RangeError);
  });
});
