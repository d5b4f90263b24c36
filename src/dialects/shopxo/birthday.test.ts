// Days and the instants at which they began.
import { describe, expect, it } from 'vitest';
import { isDay, startOfDay } from './birthday.ts';

describe('a day', () => {
  // The instants were told by `date -d`.
  it.each([
    ['1990-01-01', 'Asia/Shanghai', 631_123_200],
    ['1988-06-01', 'Asia/Shanghai', 581_094_000],
    ['1969-12-31', 'Asia/Shanghai', -115_200],
    ['2000-02-29', 'UTC', 951_782_400],
    ['2000-07-01', 'America/New_York', 962_424_000],
  ])('began at midnight of its zone (%s, %s)', (day, timeZone, seconds) => {
    expect(startOfDay(day, timeZone)).toBe(seconds);
  });

  it.each([['1990-13-01'], ['19900101'], [''], ['1990-1-1'], ['1990-01-01 00:00']])('is not what %j says', (text) => {
    expect(isDay(text)).toBe(false);
  });
});
