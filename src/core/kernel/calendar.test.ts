// Days are counted by the clock on the wall.
import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';

describe('a calendar', () => {
  it('changes the day at midnight of its zone', () => {
    const calendar = calendarOf('Asia/Shanghai');
    const midnight = Date.UTC(2026, 5, 14, 16);

    expect(calendar.dayOf(midnight) - calendar.dayOf(midnight - 1)).toBe(1);
    expect(calendar.dayOf(midnight + 86_399_999)).toBe(calendar.dayOf(midnight));
  });
});
