// The order of UUIDs: within a millisecond, beyond what a millisecond can count, and when an instant lies in the past.
import { describe, expect, it } from 'vitest';

import { UuidSequence } from './uuid-sequence.ts';

const NOON = Date.UTC(2026, 0, 1, 12);

const zeroes = (count: number) => new Uint8Array(count);
const ones = (count: number) => new Uint8Array(count).fill(255);

const timeOf = (uuid: string) => Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);

describe('a sequence of UUIDs', () => {
  it('sorts those of one millisecond in the order in which they were made', () => {
    const sequence = new UuidSequence(zeroes);

    const uuids = Array.from({ length: 3 }, () => sequence.next(NOON));

    expect(uuids.map((uuid) => uuid.slice(14, 18))).toEqual(['7000', '7001', '7002']);
  });

  it('runs into the next millisecond when one is used up, and stays in order', () => {
    const sequence = new UuidSequence(ones);

    const uuids = Array.from({ length: 10_000 }, () => sequence.next(NOON));

    expect(uuids).toEqual(uuids.toSorted());
    expect(new Set(uuids).size).toBe(10_000);
    expect(timeOf(uuids.at(-1) ?? '')).toBe(NOON + 4);
  });

  it('stays in order when time catches up with a millisecond that was borrowed from', () => {
    const sequence = new UuidSequence(ones);
    const borrowed = Array.from({ length: 5000 }, () => sequence.next(NOON)).at(-1) ?? '';

    const next = [sequence.next(NOON + 1), sequence.next(NOON + 2), sequence.next(NOON + 9)];

    expect([borrowed, ...next]).toEqual([borrowed, ...next].toSorted());
    expect(timeOf(next[2] ?? '')).toBe(NOON + 9);
  });

  it('writes an instant of the past as it is and goes on undisturbed', () => {
    const sequence = new UuidSequence(zeroes);
    sequence.next(NOON);

    const past = sequence.next(NOON - 5000);
    const next = sequence.next(NOON);

    expect(timeOf(past)).toBe(NOON - 5000);
    expect(next.slice(14, 18)).toBe('7001');
  });
});
