// What a request may still wait for, act by act.
import { beforeEach, describe, expect, it } from 'vitest';

import { Patience } from './patience.ts';

const LONGEST = { actMs: 1000, requestMs: 1200 };

let now = 0;
let patience: Patience;
beforeEach(() => {
  now = 0;
  patience = new Patience(LONGEST, () => now);
});

/** An act that takes its time, and tells how much it was given. */
const lasting =
  (milliseconds: number) =>
  async (leftMs: number): Promise<number> => {
    now += milliseconds;
    return leftMs;
  };

describe('waiting for the database', () => {
  it('may take an act’s time each where nobody waits for an answer', async () => {
    expect([await patience.spend(lasting(900)), await patience.spend(lasting(900))]).toEqual([1000, 1000]);
  });

  it('gets less for a request with each act, and none in the end', async () => {
    const lefts = await patience.perRequest(async () => [
      await patience.spend(lasting(900)),
      await patience.spend(lasting(300)),
      await patience.spend(lasting(1)).catch(String),
    ]);

    expect(lefts).toEqual([1000, 300, 'DatabaseFault: the database took too long']);
  });

  it('is on nobody’s account beside a request, and after it', async () => {
    const later = Promise.withResolvers<undefined>();

    const { beside, after } = await patience.perRequest(async () => {
      await patience.spend(lasting(1200));
      const beside = await patience.beside(() => patience.spend(lasting(1)));
      return { beside, after: later.promise.then(() => patience.spend(lasting(1))) };
    });
    later.resolve(undefined);

    expect([beside, await after]).toEqual([1000, 1000]);
  });
});
