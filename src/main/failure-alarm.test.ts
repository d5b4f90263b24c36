// The alarm about wrong secrets from everywhere.
import { beforeEach, describe, expect, it } from 'vitest';

import { FailureAlarm } from './failure-alarm.ts';

const SECOND = 1000;

let rung: number[];
let alarm: FailureAlarm;
beforeEach(() => {
  rung = [];
  alarm = new FailureAlarm({ failures: 100, windowSeconds: 60 }, (failures) => rung.push(failures));
});

const fail = (times: number, now: number): void => {
  for (let time = 0; time < times; time += 1) alarm.note(now);
};

describe('wrong secrets in great numbers', () => {
  it('R-35 ring once when they are as many as it takes', () => {
    fail(99, 0);
    const before = [...rung];
    fail(500, 30 * SECOND);

    expect([before, rung]).toEqual([[], [100]]);
    expect(alarm.isRinging(30 * SECOND)).toBe(true);
  });

  it('do not ring when they come slowly', () => {
    for (let minute = 0; minute < 60; minute += 1) fail(90, minute * 60 * SECOND);

    expect(rung).toEqual([]);
  });

  it('fall silent when the window is over, and ring anew', () => {
    fail(100, 0);
    const isStill = alarm.isRinging(61 * SECOND);
    fail(100, 70 * SECOND);

    expect([isStill, rung]).toEqual([false, [100, 100]]);
  });

  it('never ring when nobody wants to hear of them', () => {
    const silent = new FailureAlarm({ failures: 0, windowSeconds: 60 }, (failures) => rung.push(failures));

    silent.note(0);

    expect(rung).toEqual([]);
  });
});
