// What every attempt store promises about sign-ins that succeed.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  LIMITS,
  type OpenEmpty,
  SECOND,
  START,
  fiftyAtOnce,
  freshStores,
  given,
  idOf,
  reservationOf,
  sessionOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeSignInRecords(open: OpenEmpty): void {
  describe('succeeding attempts', () => {
    succeeding(open);
  });
  describe('opening sessions', () => {
    openingSessions(open);
  });
  describe('counting the days of sign-ins', () => {
    countingDays(open);
  });
}

function succeeding(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('gives the account as it is now, with its session in place', async () => {
    const account = await given(opened(), 1);

    const after = await signedIn(
      opened(),
      signInOf(account, 'one', { session: sessionOf(account, 'one', { issuedAt: START + SECOND }) }),
    );

    expect(after).toEqual({ ...account, lastSignInAt: START + SECOND });
    expect(await opened().stores.accounts.get(account.id)).toEqual(after);
    expect(await opened().stores.sessions.find('digest-one')).toMatchObject({
      session: { accountId: account.id },
      username: 'person1',
    });
  });

  it('makes the source known to this account, and forgets it after 30 days', async () => {
    const account = await given(opened(), 1);
    const isKnown = (subject: string, source: string, now: number) =>
      opened().stores.attempts.isKnown(subject, source, now);
    await signedIn(opened(), signInOf(account, 'one'));

    expect(await isKnown(account.id, '192.0.2.1', START + 30 * DAY - 1)).toBe(true);
    expect(await isKnown(account.id, '192.0.2.1', START + 30 * DAY)).toBe(false);
    expect(await isKnown(account.id, '192.0.2.2', START)).toBe(false);
    expect(await isKnown('somebody else', '192.0.2.1', START)).toBe(false);
  });

  it('tells from where somebody signed in lately, the latest first', async () => {
    const account = await given(opened(), 1);
    const since = (instant: number, atMost: number) => opened().stores.attempts.sourcesSince(instant, atMost);
    for (const [turn, name] of ['one', 'two', 'three'].entries()) {
      const record = signInOf(account, name, {
        session: sessionOf(account, name, { issuedAt: START + turn * SECOND }),
      });
      await signedIn(opened(), record, { sourceBucket: `192.0.2.${turn}` });
    }

    expect(await since(START, 10)).toEqual(['192.0.2.2', '192.0.2.1']);
    expect(await since(START - 1, 2)).toEqual(['192.0.2.2', '192.0.2.1']);
    expect(await since(START - 1, 10)).toEqual(['192.0.2.2', '192.0.2.1', '192.0.2.0']);
  });

  it('opens one session for one reservation, though fifty ask for it', async () => {
    const account = await given(opened(), 1);
    await opened().stores.attempts.reserve(reservationOf('once', account.id));

    const outcomes = await fiftyAtOnce((racer) =>
      opened().stores.attempts.succeed({ ...signInOf(account, 'once'), session: sessionOf(account, `${racer}`) }),
    );

    expect(tally(outcomes)).toEqual({ something: 1, undefined: 49 });
    expect(await opened().stores.sessions.list(account.id, 100)).toHaveLength(1);
  });

  it.each(['disabled', 'pending'] as const)('opens none for an account that became %s meanwhile', async (status) => {
    const account = await given(opened(), 1, { status });
    await opened().stores.attempts.reserve(reservationOf('late', account.id));

    const outcome = await opened().stores.attempts.succeed(signInOf(account, 'late'));

    expect(outcome).toBeUndefined();
    expect(await opened().stores.sessions.list(account.id, 10)).toEqual([]);
    expect((await opened().stores.accounts.get(account.id))?.lastSignInAt).toBeNull();
  });

  it('lets a muted account in', async () => {
    const account = await given(opened(), 1, { status: 'muted' });

    expect(await signedIn(opened(), signInOf(account, 'one'))).toMatchObject({ status: 'muted' });
  });

  it('brings the hash up to date, but never over one that was set meanwhile', async () => {
    const account = await given(opened(), 1, { passwordHash: 'old' });

    await signedIn(opened(), signInOf(account, 'one', { rehash: { previous: 'old', next: 'new' } }));
    await signedIn(opened(), signInOf(account, 'two', { rehash: { previous: 'old', next: 'late' } }));

    const found = await opened().stores.accounts.find('main', [{ kind: 'username', key: 'person1' }]);
    expect(found?.passwordHash).toBe('new');
  });
}

function openingSessions(open: OpenEmpty): void {
  const opened = freshStores(open);
  const names = async (number = 1) =>
    (await opened().stores.sessions.list(idOf(number), 1000)).map(({ id }) => id.replace('session-', ''));

  it('R-60 ends the oldest beyond the maximum, and those that ended by themselves before any other', async () => {
    const account = await given(opened(), 1);
    const opening = (name: string, after: number, life = DAY) => {
      const issuedAt = START + after;
      return signInOf(account, name, {
        maxSessions: 3,
        session: sessionOf(account, name, { issuedAt, expiresAt: issuedAt + life }),
      });
    };
    await signedIn(opened(), opening('a', 1));
    await signedIn(opened(), opening('b', 2, 1));
    await signedIn(opened(), opening('c', 3));

    await signedIn(opened(), opening('d', 4));
    const withoutEnded = await names();
    await signedIn(opened(), opening('e', 5));

    expect(withoutEnded).toEqual(['d', 'c', 'a']);
    expect(await names()).toEqual(['e', 'd', 'c']);
  });

  it('R-60 keeps to the maximum though fifty sign in at once', async () => {
    const account = await given(opened(), 1);
    const limits = {
      ...LIMITS,
      account: { ...LIMITS.account, failures: 50 },
      known: { ...LIMITS.known, failures: 50 },
      source: { ...LIMITS.source, failures: 50 },
    };

    await fiftyAtOnce((racer) => signedIn(opened(), signInOf(account, `${racer}`, { maxSessions: 20 }), { limits }));

    expect(await names()).toHaveLength(20);
  });

  it('replaces the sessions of the dialect, or of the client type, of this account alone', async () => {
    const [account, other] = [await given(opened(), 1), await given(opened(), 2)];
    const opening = (name: string, type: string, more: object = {}) =>
      signInOf(account, name, { session: sessionOf(account, name, { client: { type } }), ...more });
    await signedIn(
      opened(),
      signInOf(other, 'others', { session: sessionOf(other, 'others', { client: { type: 'app' } }) }),
    );
    await signedIn(
      opened(),
      signInOf(account, 'elsewhere', {
        session: sessionOf(account, 'elsewhere', { dialect: 'nobase', client: { type: 'app' } }),
      }),
    );
    await signedIn(opened(), opening('web', 'web'));
    await signedIn(opened(), opening('app', 'app'));

    await signedIn(opened(), opening('app again', 'app', { replaces: 'clientType' }));
    const byType = await names();
    await signedIn(opened(), opening('only', 'web', { replaces: 'account' }));

    expect(byType.toSorted()).toEqual(['app again', 'elsewhere', 'web']);
    expect((await names()).toSorted()).toEqual(['elsewhere', 'only']);
    expect(await names(2)).toEqual(['others']);
  });
}

function countingDays(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('adds one for the day after, nothing for the same day, and starts anew after a gap', async () => {
    const account = await given(opened(), 1);
    const runs: (number | undefined)[] = [];

    for (const [index, day] of [100, 100, 101, 102, 101, 104, 105].entries()) {
      runs.push((await signedIn(opened(), signInOf(account, `${index}`, { day })))?.signInDayRun);
    }

    expect(runs).toEqual([0, 0, 1, 2, 2, 0, 1]);
  });
}
