// What drawn codes look like, taken together.
import { SystemRandomness } from '#crypto';
import { describe, expect, it } from 'vitest';
import { drawCode } from './draw-code.ts';

const DIGITS = { alphabet: '0123456789', length: 6 };
const DRAWN = 100_000;

/** How far the digits of a hundred thousand codes are from equally frequent, place by place: chi-square with 54 degrees of freedom. */
function unevenness(): number {
  const randomness = new SystemRandomness();
  const codes = Array.from({ length: DRAWN }, () => drawCode(randomness, DIGITS).reveal());
  const expected = DRAWN / 10;
  const counts = Array.from({ length: 6 }, (_, place) =>
    Array.from({ length: 10 }, (__, digit) => codes.filter((code) => code[place] === String(digit)).length),
  );
  return counts.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('drawing codes', () => {
  it('R-43 gives every digit the same chance in every place', () => {
    // Beyond 91.9 with p = 0.001: three honest draws in a row go there once in 10⁹ runs.
    expect(Math.min(unevenness(), unevenness(), unevenness())).toBeLessThan(91.9);
  });

  it('never draws what must not be drawn', () => {
    const never = Array.from({ length: 9 }, (_, digit) => String(digit));

    const code = drawCode(new SystemRandomness(), { alphabet: '0123456789', length: 1, never });

    expect(code.reveal()).toBe('9');
  });
});
