// What every allowance store promises.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  fiftyAtOnce,
  freshStores,
  HOSTILE_TEXTS,
  MINUTE,
  type OpenEmpty,
  SECOND,
  START,
  tally,
} from '../stores.contract.ts';
import type { Allowance } from './allowance.ts';
import type { SpendOutcome } from './allowance-store.ts';

const HOUR = 60 * MINUTE;

const perHour = (most: number, more: Partial<Allowance> = {}): Allowance => ({
  name: 'hour',
  key: 'somebody',
  limit: { most, windowSeconds: 3600 },
  cost: 1,
  isGuard: false,
  ...more,
});

const nameOf = (answer: SpendOutcome): string =>
  answer.outcome === 'granted' ? 'granted' : `${answer.allowance.name}${answer.isNews ? ' news' : ''}`;

/** Run it on every engine. */
export function describeAllowanceStore(open: OpenEmpty): void {
  describe('spending allowances', () => {
    spending(open);
  });
  describe('guarding allowances', () => {
    guarding(open);
  });
  describe('sweeping allowances', () => {
    sweeping(open);
  });
}

const spendingOn = (opened: ReturnType<typeof freshStores>) => async (allowances: readonly Allowance[], now: number) =>
  nameOf(await opened().stores.allowances.spend(allowances, now));

function spending(open: OpenEmpty): void {
  const opened = freshStores(open);
  const spend = spendingOn(opened);

  it('R-46 grants no more than there is, though fifty come at once', async () => {
    const answers = await fiftyAtOnce(() => spend([perHour(5)], START));

    expect(tally(answers)).toEqual({ granted: 5, hour: 45 });
  });

  it('R-46 grants no more than there is of any of several, though fifty come at once in different orders', async () => {
    const [wide, narrow] = [perHour(40, { name: 'wide', key: '' }), perHour(3, { name: 'narrow' })];

    const answers = await fiftyAtOnce((racer) => spend(racer % 2 === 0 ? [wide, narrow] : [narrow, wide], START));

    expect(tally(answers)).toEqual({ granted: 3, narrow: 47 });
  });

  it('takes from none when one of them has nothing left', async () => {
    await spend([perHour(1, { key: 'one' })], START);
    await spend([perHour(1, { key: 'other' }), perHour(1, { key: 'one' })], START);

    expect(await spend([perHour(1, { key: 'other' })], START)).toBe('granted');
  });

  it('has room again once the oldest act is a window old, to the millisecond', async () => {
    await spend([perHour(2)], START);
    await spend([perHour(2)], START + MINUTE);

    const answer = await opened().stores.allowances.spend([perHour(2)], START + 2 * MINUTE);

    expect(answer).toMatchObject({ outcome: 'refused', until: START + HOUR, isGuard: false, isNews: false });
    expect(await spend([perHour(2)], START + HOUR - 1)).toBe('hour');
    expect(await spend([perHour(2)], START + HOUR)).toBe('granted');
    expect(await spend([perHour(2)], START + HOUR)).toBe('hour');
  });

  it('counts acts by what they cost', async () => {
    expect(await spend([perHour(10, { cost: 7 })], START)).toBe('granted');
    expect(await spend([perHour(10, { cost: 4 })], START)).toBe('hour');
    expect(await spend([perHour(10, { cost: 3 })], START)).toBe('granted');
  });

  it('has room again for what was given back, once', async () => {
    await spend([perHour(1)], START);
    await opened().stores.allowances.settle({ spentAt: START, returned: [perHour(1)] });
    await opened().stores.allowances.settle({ spentAt: START, returned: [perHour(1)] });

    expect([await spend([perHour(1)], START), await spend([perHour(1)], START)]).toEqual(['granted', 'hour']);
  });

  it('R-81 takes hostile texts for what they are', async () => {
    const answers = await Promise.all(HOSTILE_TEXTS.map((key) => spend([perHour(1, { key })], START)));
    const again = await Promise.all(HOSTILE_TEXTS.map((key) => spend([perHour(1, { key })], START)));

    expect([new Set(answers), new Set(again)]).toEqual([new Set(['granted']), new Set(['hour'])]);
  });
}

function guarding(open: OpenEmpty): void {
  const opened = freshStores(open);
  const spend = spendingOn(opened);
  const floor = { sample: 10, leastPercent: 10, patienceSeconds: 300, closedSeconds: 3600 };
  const watched = perHour(30, { floor });
  const spendTenTimes = async (): Promise<void> => {
    for (let time = 0; time < 10; time += 1) await spend([watched], START + time * SECOND);
  };

  it('R-46 says that it has closed to one of fifty who come at once', async () => {
    const guard = perHour(2, { isGuard: true });

    const answers = await fiftyAtOnce(() => spend([guard], START));

    expect(tally(answers)).toEqual({ granted: 2, 'hour news': 1, hour: 47 });
    expect(await opened().stores.allowances.closed(START)).toEqual([{ name: 'hour', count: 1 }]);
  });

  it('opens again in time, and closes again with a word', async () => {
    const guard = perHour(1, { isGuard: true });
    await spend([guard], START);
    await spend([guard], START + MINUTE);

    expect(await spend([guard], START + HOUR)).toBe('granted');
    expect(await opened().stores.allowances.closed(START + HOUR)).toEqual([]);
    expect(await spend([guard], START + HOUR)).toBe('hour news');
  });

  it('closes when nothing of a sample came to use in its time', async () => {
    await spendTenTimes();

    const early = await spend([watched], START + MINUTE);
    const late = await opened().stores.allowances.spend([watched], START + 10 * MINUTE);

    expect(early).toBe('granted');
    expect(late).toMatchObject({ outcome: 'refused', isGuard: true, isNews: true, until: START + HOUR + 10 * MINUTE });
    expect(await spend([watched], START + 10 * MINUTE)).toBe('hour');
  });

  it('stays open when enough of the sample came to use', async () => {
    await spendTenTimes();
    await opened().stores.allowances.settle({ spentAt: START, used: [watched] });

    expect(await spend([watched], START + 10 * MINUTE)).toBe('granted');
  });
}

function sweeping(open: OpenEmpty): void {
  const opened = freshStores(open);
  const spend = spendingOn(opened);
  const sweep = (now: number, limit: number) => opened().stores.allowances.sweep(now, limit);

  it('removes what has ended, at most so many at a time', async () => {
    await spend([perHour(1, { key: 'one' }), perHour(1, { key: 'two' })], START);
    await spend([perHour(1, { key: 'three', limit: { most: 1, windowSeconds: 86_400 } })], START);

    expect(await sweep(START + HOUR - 1, 10)).toBe(0);
    expect([await sweep(START + HOUR, 1), await sweep(START + HOUR, 10)]).toEqual([1, 1]);
    expect(await sweep(START + DAY, 10)).toBe(1);
  });

  it('finds nothing of acts that were refused or given back', async () => {
    await spend([perHour(1, { key: 'one' })], START);
    await spend([perHour(1, { key: 'two' }), perHour(1, { key: 'one' })], START);
    await opened().stores.allowances.settle({ spentAt: START, returned: [perHour(1, { key: 'one' })] });

    expect(await sweep(START + DAY, 10)).toBe(0);
  });
}
