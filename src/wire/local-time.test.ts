// Telling the time where the clients are.
import { describe, expect, it } from 'vitest';
import { localTime } from './local-time.ts';

describe('telling a time', () => {
  it.each([
    [Date.UTC(2025, 5, 12, 9, 16, 31), 'Asia/Shanghai', '2025-06-12 17:16:31'],
    [Date.UTC(2024, 11, 31, 16, 0, 0), 'Asia/Shanghai', '2025-01-01 00:00:00'],
    [Date.UTC(2025, 5, 12, 0, 0, 0), 'UTC', '2025-06-12 00:00:00'],
    [0, 'UTC', '1970-01-01 00:00:00'],
  ])('spells %i in %s as %s', (at, zone, spelled) => {
    expect(localTime(at, zone)).toBe(spelled);
  });
});
