// What every attempt store promises.
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
  sessionOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Addresses of no known source, one subnet each. */
const stranger = (number: number) => ({ sourceBucket: `198.51.${number}.7`, subnet: `198.51.${number}.0/24` });

/** Run it on every engine. */
export function describeAttemptStore(open: OpenEmpty): void {
  describe('reserving attempts', () => {
    reserving(open);
  });
  describe('failing attempts', () => {
    failing(open);
  });
  describe('attempts from known sources', () => {
    knowing(open);
  });
}

function reserving(open: OpenEmpty): void {
  const opened = freshStores(open);
  const reserve = (...attempt: Parameters<typeof reservationOf>) =>
    opened().stores.attempts.reserve(reservationOf(...attempt));

  it('R-29 grants five of fifty who come at once, and has the others wait', async () => {
    const outcomes = await fiftyAtOnce(async (racer) => (await reserve(`${racer}`, 'somebody')).outcome);

    expect(tally(outcomes)).toEqual({ granted: 5, 'in-flight': 45 });
  });

  it('R-29 evaluates no more than five guesses however they interleave with their failures', async () => {
    const outcomes = await fiftyAtOnce(async (racer) =>
      (await guesses(opened(), 2, reservationOf(`${racer}`, 'somebody'))).join(),
    );

    const granted = outcomes
      .join()
      .split(',')
      .filter((outcome) => outcome === 'granted');
    // One whose failure is just being written may count as both for a moment, so that somebody who does not wait finds no place.
    expect(granted.length).toBeLessThanOrEqual(5);
    expect(granted.length).toBeGreaterThan(0);
  });

  it('names the budget that has attempts in flight', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => reserve(id, 'somebody')));

    expect(await reserve('f', 'somebody')).toEqual({
      outcome: 'in-flight',
      budget: { kind: 'account', key: 'somebody' },
    });
  });

  it('R-30 grants again what was given back, and what was settled well', async () => {
    const account = await given(opened(), 1);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => reserve(id, account.id)));

    await opened().stores.attempts.release('a', null);
    await opened().stores.attempts.succeed(signInOf(account, 'b'));

    const outcomes = [
      await reserve('f', account.id),
      await reserve('g', account.id, stranger(1)),
      await reserve('h', account.id, stranger(2)),
    ];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['granted', 'granted', 'granted']);
  });

  it('forgets an attempt nobody settles once its time is over', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => reserve(id, 'somebody')));

    const before = await reserve('f', 'somebody', { now: START + MINUTE - 1 });
    const after = await reserve('g', 'somebody', { now: START + MINUTE });

    expect([before.outcome, after.outcome]).toEqual(['in-flight', 'granted']);
  });

  it('charges the source and the subnet as well', async () => {
    const bySource = await fiftyAtOnce(async (racer) => (await reserve(`s${racer}`, `name ${racer}`)).outcome);

    const limits = { ...LIMITS, subnet: { ...LIMITS.subnet, failures: 20 } };
    const other = await reserve('other', 'another name', { sourceBucket: '192.0.2.99', limits });
    expect(tally(bySource)).toEqual({ granted: 20, 'in-flight': 30 });
    expect(other).toEqual({ outcome: 'in-flight', budget: { kind: 'subnet', key: '192.0.2.0/24' } });
  });

  it('grants nothing at all when one of the budgets says no', async () => {
    await guesses(opened(), 5, reservationOf('guess', 'somebody', stranger(1)));

    await Promise.all(Array.from({ length: 30 }, (_, index) => reserve(`${index}`, 'somebody')));

    const outcomes = await fiftyAtOnce(async (racer) => (await reserve(`s${racer}`, `name ${racer}`)).outcome);
    expect(tally(outcomes)).toEqual({ granted: 20, 'in-flight': 30 });
  });
}

function failing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const attempts = () => opened().stores.attempts;
  const settled = { limits: LIMITS, at: START, audit: auditOf('sign-in.password') };

  it('locks for a minute after the fifth failure, and says until when', async () => {
    const outcomes = await guesses(opened(), 6, reservationOf('guess', 'somebody'));

    const refused = await attempts().reserve(reservationOf('again', 'somebody', stranger(1)));
    expect(outcomes).toEqual(['granted', 'granted', 'granted', 'granted', 'granted', 'refused']);
    expect(refused).toEqual({
      outcome: 'refused',
      until: START + MINUTE,
      budget: { kind: 'account', key: 'somebody' },
    });
  });

  it('grants one attempt when the lock is over, and doubles it after the next failure', async () => {
    await guesses(opened(), 5, reservationOf('guess', 'somebody'));

    const now = START + MINUTE;
    const both = await Promise.all(['a', 'b'].map((id) => attempts().reserve(reservationOf(id, 'somebody', { now }))));
    await attempts().fail('a', { ...settled, at: now });

    const refused = await attempts().reserve(reservationOf('c', 'somebody', { now }));
    expect(both.map(({ outcome }) => outcome)).toEqual(['granted', 'in-flight']);
    expect(refused).toMatchObject({ outcome: 'refused', until: now + 2 * MINUTE });
  });

  it('counts an attempt once, though fifty say it failed', async () => {
    await attempts().reserve(reservationOf('once', 'somebody'));

    await fiftyAtOnce(() => attempts().fail('once', settled));

    const left = await fiftyAtOnce(
      async (racer) => (await attempts().reserve(reservationOf(`${racer}`, 'somebody'))).outcome,
    );
    expect(tally(left)).toEqual({ granted: 4, 'in-flight': 46 });
  });

  it('counts nothing for an attempt that was given back', async () => {
    await attempts().reserve(reservationOf('back', 'somebody'));
    await attempts().release('back', auditOf('sign-in.password'));

    await attempts().fail('back', settled);

    const left = await fiftyAtOnce(
      async (racer) => (await attempts().reserve(reservationOf(`${racer}`, 'somebody'))).outcome,
    );
    expect(tally(left)).toEqual({ granted: 5, 'in-flight': 45 });
  });

  it('writes the audit entry of every settlement', async () => {
    await attempts().reserve(reservationOf('a', 'somebody'));
    await attempts().reserve(reservationOf('b', 'somebody'));

    await attempts().fail('a', settled);
    await attempts().release('b', auditOf('sign-in.code'));

    expect((await opened().stores.audit.list(0, 10)).map(({ act }) => act)).toEqual([
      'sign-in.password',
      'sign-in.code',
    ]);
  });

  it('is forgotten by unlocking, and by nothing less', async () => {
    const account = await given(opened(), 1);
    await guesses(opened(), 5, reservationOf('guess', account.id));
    const locked = await attempts().reserve(reservationOf('a', account.id, stranger(1)));

    await attempts().unlock(account.id, auditOf('account.unlock'));

    const unlocked = await attempts().reserve(reservationOf('b', account.id, stranger(1)));
    expect([locked.outcome, unlocked.outcome]).toEqual(['refused', 'granted']);
  });

  it('R-32 counts per subject, whatever the source', async () => {
    for (const number of [1, 2, 3, 4, 5])
      await guesses(opened(), 1, reservationOf(`${number}`, 'somebody', stranger(number)));

    const again = await attempts().reserve(reservationOf('again', 'somebody', stranger(6)));
    const other = await attempts().reserve(reservationOf('other', 'somebody else', stranger(1)));

    expect([again.outcome, other.outcome]).toEqual(['refused', 'granted']);
  });
}

function knowing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const reserve = (...attempt: Parameters<typeof reservationOf>) =>
    opened().stores.attempts.reserve(reservationOf(...attempt));

  it('R-36 have an allowance of their own that strangers cannot use up', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));

    await guesses(opened(), 6, reservationOf('guess', account.id, stranger(1)));

    expect((await reserve('stranger', account.id, stranger(2))).outcome).toBe('refused');
    expect((await reserve('owner', account.id)).outcome).toBe('granted');
  });

  it('use up that allowance by their own failures', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));

    await guesses(opened(), 5, reservationOf('guess', account.id));

    expect(await reserve('owner', account.id)).toMatchObject({
      budget: { kind: 'known', key: `${account.id}|192.0.2.1` },
    });
    expect((await reserve('stranger', account.id, stranger(1))).outcome).toBe('granted');
  });

  it('R-29 are granted no more than five of fifty at once either', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));

    const outcomes = await fiftyAtOnce(async (racer) => (await reserve(`${racer}`, account.id)).outcome);

    expect(tally(outcomes)).toEqual({ granted: 5, 'in-flight': 45 });
  });

  it('are forgiven their failures by a sign-in, while a stranger is not', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));
    await guesses(opened(), 4, reservationOf('typo', account.id));
    await guesses(opened(), 4, reservationOf('guess', account.id, stranger(1)));

    await signedIn(opened(), signInOf(account, 'second'));

    const typos = await guesses(opened(), 6, reservationOf('typos', account.id));
    const guessed = await guesses(opened(), 2, reservationOf('guesses', account.id, stranger(1)));
    expect(typos).toEqual(['granted', 'granted', 'granted', 'granted', 'granted', 'refused']);
    expect(guessed).toEqual(['granted', 'refused']);
  });

  it('are strangers again after thirty days without a sign-in', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'first'));

    const [before, after] = [START + 30 * DAY - 1, START + 30 * DAY];
    await guesses(opened(), 6, reservationOf('a', account.id, { ...stranger(1), now: before }));
    await guesses(opened(), 6, reservationOf('b', account.id, { ...stranger(2), now: after }));

    expect((await reserve('c', account.id, { now: before })).outcome).toBe('granted');
    expect(await reserve('d', account.id, { now: after })).toMatchObject({
      outcome: 'refused',
      budget: { kind: 'account' },
    });
  });

  it('R-36 bring no old lock along when they become known once more', async () => {
    const account = await given(opened(), 1);
    const limits = { ...LIMITS, known: { ...LIMITS.known, failuresInARow: 5 } };
    await signedIn(opened(), signInOf(account, 'first'));
    await guesses(opened(), 5, reservationOf('typo', account.id, { limits }));

    const issuedAt = START + 33 * DAY;
    const session = sessionOf(account, 'again', { issuedAt, expiresAt: issuedAt + DAY });
    const again = await signedIn(opened(), signInOf(account, 'again', { session }), { limits });

    expect(again).toBeDefined();
    expect((await reserve('next', account.id, { limits, now: issuedAt + SECOND })).outcome).toBe('granted');
  });
}
