// What every attempt store promises about counters that stand for no attempt: those struck from outside, and those that grow old.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  LIMITS,
  MINUTE,
  type OpenEmpty,
  SECOND,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  guesses,
  reservationOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Addresses of no known source, one subnet each. */
const stranger = (number: number) => ({ sourceBucket: `198.51.${number}.7`, subnet: `198.51.${number}.0/24` });

/** Run it on every engine. */
export function describeBudgetCounters(open: OpenEmpty): void {
  describe('striking sources', () => {
    striking(open);
  });
  describe('counting the names a source tries', () => {
    counting(open);
  });
  describe('sweeping counters', () => {
    sweeping(open);
  });
}

function striking(open: OpenEmpty): void {
  const opened = freshStores(open);
  const source = { bucket: '192.0.2.1', subnet: '192.0.2.0/24' };
  const strike = (times: number, bucket = source.bucket) =>
    Promise.all(
      Array.from({ length: times }, () =>
        opened().stores.attempts.strike(
          { ...source, bucket },
          { limits: LIMITS, at: START, audit: auditOf('app.signature') },
        ),
      ),
    );

  it('locks a source after its twentieth failure, and shows it', async () => {
    await strike(19);
    const before = await opened().stores.attempts.standing(source, START);
    await strike(1);

    expect(before).toBeUndefined();
    expect(await opened().stores.attempts.standing(source, START)).toEqual({ kind: 'source', until: START + MINUTE });
    expect(await opened().stores.attempts.standing(source, START + MINUTE)).toBeUndefined();
  });

  it('locks a subnet after a hundred failures of its sources together', async () => {
    for (const host of [11, 12, 13, 14, 15, 16]) await strike(17, `192.0.2.${host}`);

    const standing = await opened().stores.attempts.standing(source, START);

    expect(standing).toMatchObject({ kind: 'subnet' });
  });
}

function counting(open: OpenEmpty): void {
  const opened = freshStores(open);
  const limits = {
    ...LIMITS,
    account: { ...LIMITS.account, failures: 1000 },
    source: { ...LIMITS.source, failures: 1000 },
    subnet: { ...LIMITS.subnet, failures: 1000 },
  };
  /** One wrong secret for each of the names; what each was answered. */
  const spray = async (names: readonly string[], at = START): Promise<string[]> => {
    const outcomes: string[] = [];
    for (const name of names)
      outcomes.push(...(await guesses(opened(), 1, reservationOf(`${at} ${name}`, name, { limits, now: at }))));
    return outcomes;
  };
  const names = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => `name ${from + index}`);

  it('R-35 evaluates one password on no more than twenty names', async () => {
    expect(tally(await spray(names(0, 60)))).toEqual({ granted: 20, refused: 40 });
  });

  it('R-35 counts a name once within the window, however often it is tried', async () => {
    const again = Array.from({ length: 30 }, () => names(0, 19)).flat();

    const outcomes = [tally(await spray(again.slice(0, 200))), tally(await spray(names(19, 40)))];

    expect(outcomes).toEqual([{ granted: 200 }, { granted: 1, refused: 20 }]);
  });

  it('R-35 grants no more at once than there are names left, whoever comes together', async () => {
    const outcomes = await fiftyAtOnce(
      async (racer) =>
        (await opened().stores.attempts.reserve(reservationOf(`${racer}`, `name ${racer}`, { limits }))).outcome,
    );

    expect(tally(outcomes)).toEqual({ granted: 20, 'in-flight': 30 });
  });

  it('counts a name anew in the next window', async () => {
    await spray(names(0, 15));

    const later = await spray(names(0, 25), START + LIMITS.names.windowSeconds * SECOND);

    expect(tally(later)).toEqual({ granted: 20, refused: 5 });
  });
}

function sweeping(open: OpenEmpty): void {
  const opened = freshStores(open);
  const reserve = (...attempt: Parameters<typeof reservationOf>) =>
    opened().stores.attempts.reserve(reservationOf(...attempt));
  const sweep = (now: number, atMost = 1000) => opened().stores.attempts.sweep(now, LIMITS, atMost);

  it('removes counters that are quiet and attempts that are dead, at most so many', async () => {
    await guesses(opened(), 1, reservationOf('a', 'phantom one', stranger(1)));
    await guesses(opened(), 1, reservationOf('b', 'phantom two', stranger(2)));
    await reserve('dead', 'phantom three', stranger(3));

    const early = await sweep(START + MINUTE - 1);
    const swept = [await sweep(START + 2 * DAY, 4), await sweep(START + 2 * DAY), await sweep(START + 2 * DAY)];

    expect(early).toBe(0);
    expect(swept).toEqual([4, 7, 0]);
  });

  it('R-37 never removes a lock, however many counters come after it', async () => {
    await guesses(opened(), 5, reservationOf('victim', 'victim'));
    for (const number of Array.from({ length: 200 }, (_, index) => index)) {
      await guesses(opened(), 1, reservationOf(`n${number}`, `name ${number}`, stranger(number)));
    }

    await sweep(START + MINUTE - SECOND);

    const victim = await reserve('again', 'victim', { ...stranger(201), now: START + MINUTE - SECOND });
    expect(victim).toMatchObject({ outcome: 'refused', until: START + MINUTE });
  });

  it('R-31 remembers the failures in a row of an account through any number of quiet days', async () => {
    const account = await given(opened(), 1);
    const evaluated: string[] = [];

    for (let day = 0; day < 60; day += 1) {
      const now = START + day * 2 * DAY;
      await sweep(now);
      evaluated.push(...(await guesses(opened(), 5, reservationOf(`${day}`, account.id, { ...stranger(day), now }))));
    }

    expect(evaluated.filter((outcome) => outcome === 'granted')).toHaveLength(100);
    expect(evaluated.slice(100)).toEqual(Array.from({ length: 200 }, () => 'refused'));
  });

  it('R-31 remembers those of a source the account knows as long as it knows it', async () => {
    const account = await given(opened(), 1);
    const limits = { ...LIMITS, known: { ...LIMITS.known, failuresInARow: 6 } };
    await signedIn(opened(), signInOf(account, 'first'));
    await guesses(opened(), 3, reservationOf('a', account.id, { limits }));

    await opened().stores.attempts.sweep(START + 5 * DAY, limits, 1000);
    const outcomes = await guesses(opened(), 4, reservationOf('b', account.id, { limits, now: START + 5 * DAY }));

    expect(outcomes).toEqual(['granted', 'granted', 'granted', 'refused']);
  });
}
