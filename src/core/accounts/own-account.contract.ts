// What every account store promises to people about their own accounts: registering, a new password for an old one, changes that get lost nowhere.
import { describe, expect, it } from 'vitest';
import {
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  guesses,
  idOf,
  identifierOf,
  MINUTE,
  type OpenEmpty,
  reservationOf,
  signedIn,
  signInOf,
  START,
  tally,
} from '../stores.contract.ts';
import type { Account } from './account.ts';

/** Run it on every engine. */
export function describeOwnAccounts(open: OpenEmpty): void {
  describe('registering with a first session', () => {
    registering(open);
  });
  describe('changing a password that was proven', () => {
    changingPasswords(open);
  });
  describe('changes that were thought out', () => {
    changing(open);
  });
}

function registering(open: OpenEmpty): void {
  const opened = freshStores(open);
  const signInFor = (number: number) => {
    const { reservationId: _, epoch: __, ...signIn } = signInOf({ id: idOf(number) }, `of-${number}`);
    return signIn;
  };

  it('keeps account and session together', async () => {
    const account = await given(opened(), 1, { signIn: signInFor(1) });

    const found = await opened().stores.sessions.find('digest-of-1');
    expect(account).toMatchObject({ lastSignInAt: START, signInDayRun: 0 });
    expect(found?.session.accountId).toBe(account.id);
    expect((await opened().stores.audit.list(0, 10)).map(({ act }) => act)).toEqual([
      'account.create',
      'sign-in.password',
    ]);
  });

  it('R-74 keeps neither for forty-nine of fifty who claim one number', async () => {
    const identifiers = [identifierOf('mobile', '+8613800000001', null)];

    const outcomes = await fiftyAtOnce((racer) =>
      given(opened(), racer + 1, { identifiers, signIn: signInFor(racer + 1) }),
    );

    const sessions = await Promise.all(
      outcomes.map((_, racer) => opened().stores.sessions.find(`digest-of-${racer + 1}`)),
    );
    expect(tally(outcomes)).toEqual({ something: 1, 'identifier.taken mobile': 49 });
    expect(sessions.filter((session) => session !== undefined)).toHaveLength(1);
  });
}

function changingPasswords(open: OpenEmpty): void {
  const opened = freshStores(open);
  const change = (more: Partial<{ epoch: number; keeps: string; passwordHash: string }> = {}) =>
    opened().stores.accounts.changePassword(
      idOf(1),
      { passwordHash: '$argon2id$new', epoch: 0, keeps: null, ...more },
      auditOf('account.change-password', START + MINUTE),
    );

  it('R-08 ends every session but the one that goes on', async () => {
    const account = await given(opened(), 1, { isPasswordChangeDue: true });
    for (const name of ['one', 'two', 'three']) await signedIn(opened(), signInOf(account, name));

    const changed = await change({ keeps: 'digest-two' });

    const found = await Promise.all(
      ['one', 'two', 'three'].map((name) => opened().stores.sessions.find(`digest-${name}`)),
    );
    expect(changed).toMatchObject({ passwordChangedAt: START + MINUTE, isPasswordChangeDue: false });
    expect(found.map((session) => session?.session.id)).toEqual([undefined, 'session-two', undefined]);
    expect(await opened().stores.accounts.getWithPassword(account.id)).toMatchObject({
      passwordHash: '$argon2id$new',
      epoch: 1,
    });
  });

  it('lets one of fifty through who have proven the same password', async () => {
    await given(opened(), 1);

    const outcomes = await fiftyAtOnce((racer) => change({ passwordHash: `$argon2id$new-${racer}` }));

    expect(tally(outcomes)).toEqual({ something: 1, undefined: 49 });
  });

  it('turns away whoever proved a password before all sign-ins ended', async () => {
    await given(opened(), 1);
    await opened().stores.accounts.setPassword(idOf(1), '$argon2id$by-the-operator', auditOf('account.set-password'));

    const outcome = await change();

    expect(outcome).toBeUndefined();
    expect((await opened().stores.accounts.getWithPassword(idOf(1)))?.passwordHash).toBe('$argon2id$by-the-operator');
  });

  it('R-70 lifts the locks of the account', async () => {
    await given(opened(), 1);
    await guesses(opened(), 6, reservationOf('guess', idOf(1)));

    await change();

    expect(await opened().stores.attempts.reserve(reservationOf('a', idOf(1)))).toEqual({ outcome: 'granted' });
  });

  it('R-70 ends codes that were sent before', async () => {
    const identifiers = [identifierOf('username', 'person1'), identifierOf('mobile', '+8613800000001')];
    await given(opened(), 1, { identifiers });
    const where = { realm: 'main', purpose: 'test.reset', destination: 'mobile:+8613800000001' };
    const times = { issuedAt: START, expiresAt: START + MINUTE, tries: 5 };
    await opened().stores.codes.issue({ ...where, ...times, digest: 'right' });

    await change();

    expect(await opened().stores.codes.claim(where, 'right', START)).toBe('expired');
  });

  it('knows no account that is not there', async () => {
    expect(await change()).toBeUndefined();
    expect(await opened().stores.accounts.getWithPassword(idOf(1))).toBeUndefined();
  });
}

function changing(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('are lost nowhere, though fifty count at once', async () => {
    await given(opened(), 1, { attributes: { nobase: { exp: 0 } } });
    const { accounts } = opened().stores;
    const countOnce = async (): Promise<boolean> => {
      const { attributes, profile } = (await accounts.get(idOf(1))) as Account;
      const next = { ...attributes, nobase: { exp: Number(attributes['nobase']?.['exp']) + 1 } };
      const change = { attributes: next, expects: { attributes, profile } };
      return (await accounts.change(idOf(1), change, auditOf('account.update'))) !== undefined;
    };

    const outcomes = await fiftyAtOnce(countOnce);

    const counted = outcomes.filter((isCounted) => isCounted === true).length;
    expect(counted).toBeGreaterThan(0);
    expect((await accounts.get(idOf(1)))?.attributes).toEqual({ nobase: { exp: counted } });
  });

  it('change nothing when the account is something else by now', async () => {
    await given(opened(), 1, { profile: { nickname: 'Ada' } });
    const { accounts } = opened().stores;
    const expects = { profile: {}, attributes: {} };

    const outcome = await accounts.change(idOf(1), { profile: { city: 'x' }, expects }, auditOf('account.update'));

    expect(outcome).toBeUndefined();
    expect((await accounts.get(idOf(1)))?.profile).toEqual({ nickname: 'Ada' });
    expect((await opened().stores.audit.list(0, 10)).map(({ act }) => act)).toEqual(['account.create']);
  });
}
