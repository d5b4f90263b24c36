// Chance: every symbol as likely as any other, at every position, and UUIDs in the order in which they were asked for.
import { describe, expect, it } from 'vitest';

import { SystemRandomness } from './system-randomness.ts';

const Z_BASE_32 = 'ybndrfg8ejkmcpqxot1uwisza345h769';
const HEX = '0123456789abcdef';
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** How often each symbol stands at the position. */
function frequencies(texts: readonly string[], position: number, alphabet: string): readonly number[] {
  const counts = new Map(alphabet.split('').map((symbol) => [symbol, 0]));
  for (const text of texts) counts.set(text.charAt(position), (counts.get(text.charAt(position)) ?? 0) + 1);
  return [...counts.values()];
}

/** Pearson's statistic as a number of standard deviations (Wilson and Hilferty). */
function deviation(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const freedom = counts.length - 1;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}

describe('drawing tokens', () => {
  it.each([
    { name: '26 symbols of z-base-32', alphabet: Z_BASE_32, length: 26 },
    { name: '64 hexadecimal digits', alphabet: HEX, length: 64 },
    { name: '32 hexadecimal digits', alphabet: HEX, length: 32 },
    { name: '43 symbols of base64url', alphabet: `${LETTERS_AND_DIGITS}-_`, length: 43 },
    { name: '22 letters and digits', alphabet: LETTERS_AND_DIGITS, length: 22 },
  ])('R-54 spells $name, none twice and every position uniform', ({ alphabet, length }) => {
    const randomness = new SystemRandomness();

    const texts = Array.from({ length: 100_000 }, () => randomness.text({ alphabet, length }));

    const deviations = Array.from({ length }, (_, position) => deviation(frequencies(texts, position, alphabet)));
    expect(new Set(texts).size).toBe(100_000);
    expect(texts.every((text) => text.length === length)).toBe(true);
    // Six standard deviations are passed by chance once in a thousand million positions.
    expect(Math.max(...deviations)).toBeLessThan(6);
  });

  it('refuses an alphabet that no byte can choose from', () => {
    const randomness = new SystemRandomness();

    const draw = (alphabet: string) => () => randomness.text({ alphabet, length: 1 });

    expect(draw('')).toThrow(TypeError);
    expect(draw('a')).toThrow(TypeError);
    expect(draw('ab'.repeat(129))).toThrow(TypeError);
  });

  it('spells an empty text when none is asked for', () => {
    const randomness = new SystemRandomness();

    const text = randomness.text({ alphabet: HEX, length: 0 });

    expect(text).toBe('');
  });
});

describe('drawing UUIDs', () => {
  it('makes them of version 7, with the instant in front', () => {
    const randomness = new SystemRandomness();

    const uuid = randomness.uuid(0x01_93_ab_cd_ef_01);

    expect(uuid).toMatch(/^0193abcd-ef01-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('keeps the random part of two of them apart', () => {
    const randomness = new SystemRandomness();

    const tails = Array.from({ length: 1000 }, () => randomness.uuid(1).slice(19));

    expect(new Set(tails).size).toBe(1000);
  });
});
