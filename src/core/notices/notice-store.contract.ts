// What every notice store promises.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  type OpenEmpty,
  START,
  fiftyAtOnce,
  freshStores,
  given,
  guesses,
  idOf,
  reservationOf,
  signedIn,
  signInOf,
  tally,
} from '../stores.contract.ts';
import type { NoticeClaim } from './notice-store.ts';

/** Run it on every engine. */
export function describeNoticeStore(open: OpenEmpty): void {
  describe('what notices are about', () => {
    occasions(open);
  });
  describe('claiming a notice', () => {
    claiming(open);
  });
}

function occasions(open: OpenEmpty): void {
  const opened = freshStores(open);
  const standing = (source: string, now = START, account = idOf(1)) =>
    opened().stores.notices.sourceStanding(account, source, now);
  const lockedUntil = (source: string, now = START) => opened().stores.notices.lockedUntil(idOf(1), source, now);

  it('calls the source of a first sign-in neither known nor new', async () => {
    await given(opened(), 1);

    expect(await standing('192.0.2.1')).toBe('first');
  });

  it('tells a source the account knows from one it does not, for thirty days', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'a'));

    expect([await standing('192.0.2.1'), await standing('192.0.2.2')]).toEqual(['known', 'new']);
    expect(await standing('192.0.2.1', START + 30 * DAY)).toBe('new');
    expect(await standing('192.0.2.1', START, idOf(2))).toBe('first');
  });

  it('tells of no lock before there is one', async () => {
    await given(opened(), 1);
    await guesses(opened(), 4, reservationOf('guess', idOf(1)));

    expect(await lockedUntil('192.0.2.1')).toBeUndefined();
  });

  it('tells until when strangers are locked out, and that it is over then', async () => {
    await given(opened(), 1);
    await guesses(opened(), 5, reservationOf('guess', idOf(1)));

    const until = (await lockedUntil('192.0.2.9')) ?? 0;
    expect(until).toBe(START + 60_000);
    expect(await lockedUntil('192.0.2.9', until)).toBeUndefined();
  });

  it('tells of the lock of a known source to that source alone', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'a'));
    await guesses(opened(), 5, reservationOf('guess', idOf(1)));

    expect([await lockedUntil('192.0.2.1'), await lockedUntil('192.0.2.9')]).toEqual([START + 60_000, undefined]);
  });
}

function claiming(open: OpenEmpty): void {
  const opened = freshStores(open);
  const claim = (occasion: string, more: Partial<NoticeClaim> = {}) =>
    opened().stores.notices.claim({
      accountId: idOf(1),
      name: 'notice.locked',
      day: 20_000,
      occasion,
      most: 3,
      ...more,
    });

  it('grants one occasion to one of fifty who claim it at once', async () => {
    const answers = await fiftyAtOnce(() => claim('a'));

    expect(tally(answers)).toEqual({ true: 1, false: 49 });
  });

  it('grants no more than so many a day, of fifty different ones at once', async () => {
    const answers = await fiftyAtOnce((racer) => claim(`occasion ${racer}`));

    expect(tally(answers)).toEqual({ true: 3, false: 47 });
  });

  it('counts every day, account and kind for itself', async () => {
    for (const occasion of ['a', 'b', 'c']) await claim(occasion);

    expect(await claim('d')).toBe(false);
    expect(await claim('d', { name: 'notice.new-source' })).toBe(true);
    expect(await claim('d', { accountId: idOf(2) })).toBe(true);
    expect(await claim('c', { day: 20_001 })).toBe(true);
  });

  it('forgets days gone by, so many at a time', async () => {
    await claim('a');
    await claim('a', { accountId: idOf(2) });
    await claim('a', { accountId: idOf(3), day: 20_001 });

    const { notices } = opened().stores;
    expect([await notices.sweep(20_001, 1), await notices.sweep(20_001, 10), await notices.sweep(20_001, 10)]).toEqual([
      1, 1, 0,
    ]);
    expect([await claim('a'), await claim('a', { accountId: idOf(3), day: 20_001 })]).toEqual([true, false]);
  });
}
