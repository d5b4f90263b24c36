// What every account store promises.
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  MINUTE,
  type OpenEmpty,
  START,
  accountOf,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  idOf,
  identifierOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeAccountStore(open: OpenEmpty): void {
  describe('creating accounts', () => {
    creating(open);
  });
  describe('finding accounts', () => {
    finding(open);
  });
  describe('changing accounts', () => {
    changing(open);
  });
}

function creating(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('gives back what was asked for, and finds the same again', async () => {
    const account = accountOf(1, {
      roles: ['reader', 'admin'],
      organisation: 'Blue',
      profile: { nickname: '小明', gender: 'male', birthday: '1990-01-02' },
      attributes: { weidu: { level: 3, nested: { list: [1, 'two', null, true] } } },
      identifiers: [identifierOf('username', 'xiaoming'), identifierOf('mobile', '+8613800000001')],
    });

    const created = await opened().stores.accounts.create(account, auditOf('account.create'));

    expect(created).toEqual({
      id: account.id,
      realm: 'main',
      number: 1,
      publicId: account.publicId,
      status: 'active',
      isPasswordChangeDue: false,
      roles: ['reader', 'admin'],
      organisation: 'Blue',
      profile: account.profile,
      attributes: account.attributes,
      identifiers: created.identifiers,
      createdAt: START,
      updatedAt: START,
      lastSignInAt: null,
      signInDayRun: 0,
      passwordChangedAt: null,
    });
    expect(new Set(created.identifiers)).toEqual(new Set(account.identifiers));
    expect(await opened().stores.accounts.get(account.id)).toEqual(created);
  });

  it('numbers accounts in order within their realm, and goes on after a number that was brought along', async () => {
    const numbers = [
      await given(opened(), 1),
      await given(opened(), 2, { number: 500 }),
      await given(opened(), 3),
      await given(opened(), 4, { realm: 'other' }),
      await given(opened(), 5, { number: 7 }),
      await given(opened(), 6),
    ].map(({ number }) => number);

    expect(numbers).toEqual([1, 500, 501, 1, 7, 502]);
  });

  it('refuses a number somebody has', async () => {
    await given(opened(), 1, { number: 12 });

    const second = given(opened(), 2, { number: 12 });

    await expect(second).rejects.toMatchObject({ code: 'identifier.taken', detail: { field: 'number' } });
  });

  it('R-74 gives a name to one of fifty who ask for it at once, and keeps nothing of the others', async () => {
    const identifiers = [identifierOf('username', 'everybody')];

    const outcomes = await fiftyAtOnce((racer) => given(opened(), racer, { identifiers }));

    expect(tally(outcomes)).toEqual({ something: 1, 'identifier.taken username': 49 });
    expect(await opened().stores.accounts.count(100)).toBe(1);
    expect(await opened().stores.audit.list(0, 100)).toHaveLength(1);
  });

  it('gives fifty who come at once fifty numbers and fifty AegisSpeed IDs', async () => {
    const created = await Promise.all(
      Array.from({ length: 50 }, (_, racer) => given(opened(), racer, { issuesAegisSpeedId: true })),
    );

    const keys = created.map(({ identifiers }) => identifiers.find(({ kind }) => kind === 'aegisspeed_id')?.key);
    expect(new Set(created.map(({ number }) => number)).size).toBe(50);
    expect(new Set(keys).size).toBe(50);
    expect(keys).toContain('ASD000050');
  });

  it('passes over an AegisSpeed ID that was given by hand, and never gives one out again', async () => {
    await given(opened(), 1, { identifiers: [identifierOf('aegisspeed_id', 'ASD000001')] });
    await given(opened(), 2, { issuesAegisSpeedId: true });
    await opened().stores.accounts.remove(idOf(2), auditOf('account.remove'));

    const third = await given(opened(), 3, { issuesAegisSpeedId: true });

    expect(third.identifiers).toContainEqual(identifierOf('aegisspeed_id', 'ASD000003'));
  });

  it('R-81 keeps hostile texts as the texts they are', async () => {
    const created = await Promise.all(
      HOSTILE_TEXTS.map((text, index) =>
        given(opened(), index, {
          profile: { nickname: text },
          attributes: { [text]: { [text]: text } },
          identifiers: [identifierOf('username', text)],
        }),
      ),
    );

    const found = await Promise.all(
      HOSTILE_TEXTS.map((key) => opened().stores.accounts.find('main', [{ kind: 'username', key }])),
    );
    expect(found.map((each) => each?.account)).toEqual(created);
    expect(created.map(({ profile }) => profile.nickname)).toEqual(HOSTILE_TEXTS);
  });

  it('keeps nothing of an account with a NUL in its name', async () => {
    const creating = given(opened(), 1, { identifiers: [identifierOf('username', 'nul\u0000')] });

    await expect(creating).rejects.not.toHaveProperty('kind');
    expect(await opened().stores.accounts.count(10)).toBe(0);
  });

  it('keeps a NUL inside a profile, where it is text like any other', async () => {
    const created = await given(opened(), 1, { attributes: { weidu: { note: 'a\u0000b' } } });

    expect(created.attributes).toEqual({ weidu: { note: 'a\u0000b' } });
  });
}

function finding(open: OpenEmpty): void {
  const opened = freshStores(open);
  const find = async (...keys: [kind: 'username' | 'mobile' | 'email', key: string][]) => {
    const found = await opened().stores.accounts.find(
      'main',
      keys.map(([kind, key]) => ({ kind, key })),
    );
    const holders = await Promise.all(
      keys.map(([kind, key]) => opened().stores.accounts.holder('main', { kind, key })),
    );
    expect(holders.find((id) => id !== undefined)).toBe(found?.account.id);
    return found?.account.id;
  };

  it('comes with the password hash, or with none', async () => {
    await given(opened(), 1, { passwordHash: '$argon2id$the-hash' });
    await given(opened(), 2, { passwordHash: null });

    const [first, second] = await Promise.all(
      ['person1', 'person2'].map((key) => opened().stores.accounts.find('main', [{ kind: 'username', key }])),
    );

    expect([first?.passwordHash, second?.passwordHash]).toEqual(['$argon2id$the-hash', null]);
  });

  it('takes the first key that somebody holds', async () => {
    await given(opened(), 1);
    await given(opened(), 2);

    expect(await find(['mobile', '+8613800000009'], ['username', 'person2'], ['username', 'person1'])).toBe(idOf(2));
    expect(await find(['username', 'nobody'])).toBeUndefined();
    expect(await find()).toBeUndefined();
  });

  it('tells kinds, spellings and realms apart', async () => {
    await given(opened(), 1, { identifiers: [identifierOf('username', 'a@example.com')] });

    expect(await find(['email', 'a@example.com'])).toBeUndefined();
    expect(await find(['username', 'A@example.com'])).toBeUndefined();
    expect(await opened().stores.accounts.find('other', [{ kind: 'username', key: 'a@example.com' }])).toBeUndefined();
  });

  it('R-75 passes over a mobile or address nobody has proven, but not over an unproven name', async () => {
    const unproven = [identifierOf('mobile', '+8613800000001', null), identifierOf('email', 'a@example.com', null)];
    await given(opened(), 1, { identifiers: [...unproven, identifierOf('username', 'person1', null)] });
    await given(opened(), 2);

    expect(await find(['mobile', '+8613800000001'], ['email', 'a@example.com'], ['username', 'person2'])).toBe(idOf(2));
    expect(await find(['username', 'person1'])).toBe(idOf(1));
  });
}

function changing(open: OpenEmpty): void {
  const opened = freshStores(open);
  const change = (number: number, what: object) =>
    opened().stores.accounts.change(idOf(number), what, auditOf('account.change', START + MINUTE));
  const isSignedIn = async (name: string) => (await opened().stores.sessions.find(`digest-${name}`)) !== undefined;

  it('replaces what is named and nothing else', async () => {
    const before = await given(opened(), 1, { profile: { nickname: 'old', city: 'Xiamen' }, roles: ['reader'] });

    const after = await change(1, { profile: { nickname: 'new' }, isPasswordChangeDue: true });

    expect(after).toEqual({
      ...before,
      profile: { nickname: 'new' },
      isPasswordChangeDue: true,
      updatedAt: START + MINUTE,
    });
    expect(await opened().stores.accounts.get(idOf(1))).toEqual(after);
  });

  it('knows no account that is not there', async () => {
    const changed = await change(1, { status: 'disabled' });

    expect(changed).toBeUndefined();
    expect(await opened().stores.audit.list(0, 10)).toEqual([]);
  });

  it.each([{ status: 'disabled' }, { status: 'pending' }, { roles: ['reader', 'writer'] }, { roles: [] }])(
    'R-57 ends every session with %j',
    async (what) => {
      const account = await given(opened(), 1, { roles: ['reader'] });
      await signedIn(opened(), signInOf(account, 'one'));

      await change(1, what);

      expect(await isSignedIn('one')).toBe(false);
    },
  );

  it.each([{ status: 'muted' }, { profile: { nickname: 'new' } }, { roles: ['reader'] }])(
    'leaves sessions alone with %j',
    async (what) => {
      const account = await given(opened(), 1, { roles: ['reader'] });
      await signedIn(opened(), signInOf(account, 'one'));

      await change(1, what);

      expect(await isSignedIn('one')).toBe(true);
    },
  );

  it('leaves other accounts signed in', async () => {
    const accounts = [await given(opened(), 1), await given(opened(), 2)] as const;
    await signedIn(opened(), signInOf(accounts[0], 'one'));
    await signedIn(opened(), signInOf(accounts[1], 'two'));

    await change(1, { status: 'disabled' });

    expect([await isSignedIn('one'), await isSignedIn('two')]).toEqual([false, true]);
  });
}
