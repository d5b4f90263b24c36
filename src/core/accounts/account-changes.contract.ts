// What every account store promises about passwords, removal and listing.
import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOSTILE_TEXTS,
  MINUTE,
  type OpenEmpty,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  guesses,
  idOf,
  identifierOf,
  reservationOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeAccountChanges(open: OpenEmpty): void {
  describe('changing passwords', () => {
    changingPasswords(open);
  });
  describe('removing accounts', () => {
    removing(open);
  });
  describe('listing accounts', () => {
    listing(open);
  });
}

function changingPasswords(open: OpenEmpty): void {
  const opened = freshStores(open);
  const setPassword = (hash: string | null) =>
    opened().stores.accounts.setPassword(idOf(1), hash, auditOf('account.set-password', START + MINUTE));
  const hashOf = async () =>
    (await opened().stores.accounts.find('main', [{ kind: 'username', key: 'person1' }]))?.passwordHash;

  it('R-97 replaces the hash and ends every session', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));

    const changed = await setPassword('$argon2id$new');

    expect(changed?.passwordChangedAt).toBe(START + MINUTE);
    expect(await hashOf()).toBe('$argon2id$new');
    expect(await opened().stores.sessions.find('digest-one')).toBeUndefined();
  });

  it('takes the password away, and gives one to an account without', async () => {
    await given(opened(), 1);

    await setPassword(null);
    const without = await hashOf();
    await setPassword('$argon2id$again');

    expect([without, await hashOf()]).toEqual([null, '$argon2id$again']);
  });

  it('R-97 turns away a sign-in that proved the old password a moment ago', async () => {
    const account = await given(opened(), 1);
    await opened().stores.attempts.reserve(reservationOf('late', account.id));

    await setPassword('$argon2id$new');
    const outcome = await opened().stores.attempts.succeed(signInOf(account, 'late'));

    expect(outcome).toBeUndefined();
    expect(await opened().stores.sessions.find('digest-late')).toBeUndefined();
  });

  it('R-97 turns away a sign-in that reads the old password and is reserved after it was changed', async () => {
    const account = await given(opened(), 1);
    const found = await opened().stores.accounts.find('main', [{ kind: 'username', key: 'person1' }]);

    await setPassword('$argon2id$new');
    const outcome = await signedIn(opened(), signInOf(account, 'late', { epoch: found?.epoch ?? -1 }));

    expect(outcome).toBeUndefined();
  });

  it('R-36 lifts the locks of the account, its known sources included', async () => {
    const account = await given(opened(), 1);
    const elsewhere = { sourceBucket: '198.51.100.7', subnet: '198.51.100.0/24' };
    await signedIn(opened(), signInOf(account, 'first'));
    await guesses(opened(), 6, reservationOf('stranger', account.id, elsewhere));
    await guesses(opened(), 6, reservationOf('owner', account.id));

    await setPassword('$argon2id$new');

    const stranger = await opened().stores.attempts.reserve(reservationOf('a', account.id, elsewhere));
    const owner = await opened().stores.attempts.reserve(reservationOf('b', account.id));
    expect([stranger.outcome, owner.outcome]).toEqual(['granted', 'granted']);
  });

  it('knows no account that is not there', async () => {
    const changed = await setPassword('$argon2id$new');

    expect(changed).toBeUndefined();
    expect(await opened().stores.audit.list(0, 10)).toEqual([]);
  });
}

function removing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const mobile = identifierOf('mobile', '+8613800000001');
  const code = { realm: 'main', purpose: 'shopxo.login', destination: 'mobile:+8613800000001' };

  it('R-76 leaves nothing to whoever takes the identifiers next', async () => {
    const removed = await given(opened(), 1, { identifiers: [mobile], roles: ['admin'] });
    await signedIn(opened(), signInOf(removed, 'one'));
    await guesses(opened(), 6, reservationOf('guess', removed.id));
    await opened().stores.codes.issue({
      ...code,
      digest: 'the code',
      issuedAt: START,
      expiresAt: START + DAY,
      tries: 5,
    });

    const wasThere = await opened().stores.accounts.remove(removed.id, auditOf('account.remove'));
    const next = await given(opened(), 1, { identifiers: [mobile], publicId: 'another', passwordHash: null });

    expect([wasThere, next.roles]).toEqual([true, []]);
    expect(await opened().stores.accounts.find('main', [mobile])).toEqual({
      account: next,
      passwordHash: null,
      epoch: 0,
    });
    expect(await opened().stores.sessions.find('digest-one')).toBeUndefined();
    expect(await opened().stores.codes.claim(code, 'the code', START)).toBe('expired');
    expect(await opened().stores.attempts.reserve(reservationOf('fresh', next.id))).toEqual({ outcome: 'granted' });
  });

  it('turns away a sign-in that was under way', async () => {
    const account = await given(opened(), 1);
    await opened().stores.attempts.reserve(reservationOf('late', account.id));

    await opened().stores.accounts.remove(account.id, auditOf('account.remove'));

    expect(await opened().stores.attempts.succeed(signInOf(account, 'late'))).toBeUndefined();
    expect(await opened().stores.sessions.find('digest-late')).toBeUndefined();
  });

  it('happens once, though fifty ask for it', async () => {
    await given(opened(), 1);

    const outcomes = await fiftyAtOnce(() => opened().stores.accounts.remove(idOf(1), auditOf('account.remove')));

    expect(tally(outcomes)).toEqual({ true: 1, false: 49 });
  });
}

function listing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const list = (query: object) => opened().stores.accounts.list({ realm: 'main', limit: 10, ...query });

  it('goes through all of a realm in order of id, page by page', async () => {
    await Promise.all([3, 1, 2].map((number) => given(opened(), number)));
    await given(opened(), 4, { realm: 'other' });

    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, after: first.next ?? '' });

    expect(first.accounts.map(({ id }) => id)).toEqual([idOf(1), idOf(2)]);
    expect(first.next).toBe(idOf(2));
    expect(second.accounts.map(({ id }) => id)).toEqual([idOf(3)]);
    expect(second.next).toBeNull();
  });

  it('searches nicknames and identifiers in any case, but no sensitive one', async () => {
    await given(opened(), 1, { profile: { nickname: 'Ming LEE' } });
    await given(opened(), 2, { identifiers: [identifierOf('email', 'ming@example.com')] });
    await given(opened(), 3, { identifiers: [identifierOf('id_number', 'blind-ming-index')] });

    const { accounts } = await list({ search: 'mING' });

    expect(accounts.map(({ id }) => id)).toEqual([idOf(1), idOf(2)]);
  });

  it('R-81 looks for what was typed, not for what it might mean', async () => {
    await Promise.all(HOSTILE_TEXTS.map((nickname, index) => given(opened(), index, { profile: { nickname } })));

    const found = await Promise.all(['%', '_', '\\', "'", '$1', '?'].map((search) => list({ search })));

    expect(found.map(({ accounts }) => accounts.length)).toEqual([2, 2, 2, 2, 1, 1]);
  });

  it('counts no further than it is asked to', async () => {
    await Promise.all([1, 2, 3].map((number) => given(opened(), number)));

    expect(await opened().stores.accounts.count(2)).toBe(2);
    expect(await opened().stores.accounts.count(100)).toBe(3);
  });
}
