// What every session store promises.
import { describe, expect, it } from 'vitest';
import {
  HOSTILE_TEXTS,
  MINUTE,
  type OpenEmpty,
  SECOND,
  START,
  auditOf,
  fiftyAtOnce,
  freshStores,
  given,
  identifierOf,
  sessionOf,
  signInOf,
  signedIn,
  tally,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeSessionStore(open: OpenEmpty): void {
  describe('finding sessions', () => {
    finding(open);
  });
  describe('paging sessions', () => {
    paging(open);
  });
  describe('ending sessions', () => {
    ending(open);
  });
  describe('using sessions', () => {
    using(open);
  });
}

function finding(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('gives back every field, and the name of the owner', async () => {
    const account = await given(opened(), 1);
    const session = sessionOf(account, 'one', {
      csrfDigest: 'csrf',
      appId: 'shop',
      client: { type: 'h5', deviceId: 'd-1', deviceName: '手机', deviceModel: 'M' },
      idleSeconds: 600,
    });

    await signedIn(opened(), signInOf(account, 'one', { session }));

    expect(await opened().stores.sessions.find('digest-one')).toEqual({ session, username: 'person1' });
    expect(await opened().stores.sessions.list(account.id, 10)).toEqual([session]);
  });

  it('finds one whose owner has no name, and one without particulars', async () => {
    const account = await given(opened(), 1, { identifiers: [] });

    await signedIn(opened(), signInOf(account, 'one'));

    expect(await opened().stores.sessions.find('digest-one')).toEqual({
      session: sessionOf(account, 'one'),
      username: null,
    });
  });

  it('R-56 finds nothing by anything but the very digest', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));
    const others = ['', 'digest-on', 'digest-one ', 'DIGEST-ONE', 'digest-one%', 'digest%', ...HOSTILE_TEXTS];

    const found = await Promise.all(others.map((digest) => opened().stores.sessions.find(digest)));

    expect(new Set(found)).toEqual(new Set([undefined]));
  });

  it('shows the newest first', async () => {
    const account = await given(opened(), 1);
    for (const [index, name] of ['b', 'c', 'a'].entries()) {
      await signedIn(
        opened(),
        signInOf(account, name, { session: sessionOf(account, name, { issuedAt: START + index }) }),
      );
    }

    const listed = await opened().stores.sessions.list(account.id, 2);

    expect(listed.map(({ id }) => id)).toEqual(['session-a', 'session-c']);
  });

  it('knows the owner by the name of today', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));

    await opened().stores.accounts.putIdentifier(
      account.id,
      identifierOf('username', 'renamed'),
      auditOf('identifier.put'),
    );

    expect((await opened().stores.sessions.find('digest-one'))?.username).toBe('renamed');
  });
}

function paging(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('shows the live ones page by page, the newest first, each once', async () => {
    const [account, other] = [await given(opened(), 1), await given(opened(), 2)];
    const instants = [
      ['a', 1],
      ['b', 3],
      ['c', 2],
      ['d', 3],
    ] as const;
    for (const [name, second] of instants) {
      const session = sessionOf(account, name, { issuedAt: START + second * SECOND });
      await signedIn(opened(), signInOf(account, name, { session }));
    }
    await signedIn(
      opened(),
      signInOf(account, 'ended', { session: sessionOf(account, 'ended', { expiresAt: START + MINUTE }) }),
    );
    await signedIn(opened(), signInOf(other, 'others'));
    const query = { accountId: account.id, liveAt: START + MINUTE, limit: 3 };

    const first = await opened().stores.sessions.page(query);
    const after = { id: 'session-c', issuedAt: START + 2 * SECOND };
    const second = await opened().stores.sessions.page({ ...query, after });

    expect([first, second].map((page) => page.map(({ id }) => id))).toEqual([
      ['session-d', 'session-b', 'session-c'],
      ['session-a'],
    ]);
  });

  it('R-60 ends the one of that id, if it is the account’s, and tells of it', async () => {
    const [account, other] = [await given(opened(), 1), await given(opened(), 2)];
    await signedIn(opened(), signInOf(account, 'one'));
    const told: unknown[] = [];
    opened().changes.subscribe((change) => told.push(change));
    const revoke = (owner: { readonly id: string }, id: string) =>
      opened().stores.sessions.revokeOne(owner.id, id, auditOf('session.revoke'));

    const outcomes = [await revoke(other, 'session-one'), await revoke(account, 'session-two')];
    const before = [...told];
    const outcome = [await revoke(account, 'session-one'), await revoke(account, 'session-one')];

    expect([outcomes, before, outcome]).toEqual([[false, false], [], [true, false]]);
    expect(told).toEqual([{ topic: 'session', key: 'digest-one' }]);
    expect(await opened().stores.sessions.find('digest-one')).toBeUndefined();
  });
}

function ending(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('R-57 ends one, and tells one of fifty who ask that it was theirs to end', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));
    await signedIn(opened(), signInOf(account, 'two'));

    const outcomes = await fiftyAtOnce(() => opened().stores.sessions.revoke('digest-one', auditOf('session.revoke')));

    expect(tally(outcomes)).toEqual({ true: 1, false: 49 });
    expect((await opened().stores.sessions.list(account.id, 10)).map(({ id }) => id)).toEqual(['session-two']);
  });

  it('R-60 ends all of an account but one, or all', async () => {
    const [account, other] = [await given(opened(), 1), await given(opened(), 2)];
    for (const name of ['a', 'b', 'c']) await signedIn(opened(), signInOf(account, name));
    await signedIn(opened(), signInOf(other, 'others'));

    const butOne = await opened().stores.sessions.revokeAll(account.id, 'digest-b', auditOf('session.revoke'));
    const left = await opened().stores.sessions.list(account.id, 10);
    const all = await opened().stores.sessions.revokeAll(account.id, null, auditOf('session.revoke'));

    expect([butOne, left.map(({ id }) => id), all]).toEqual([2, ['session-b'], 1]);
    expect(await opened().stores.sessions.find('digest-others')).toBeDefined();
  });

  it('sweeps away those that ended, the idle ones too, at most so many', async () => {
    const account = await given(opened(), 1);
    const opening = (name: string, more: object) =>
      signedIn(opened(), signInOf(account, name, { session: sessionOf(account, name, more) }));
    await opening('short', { expiresAt: START + SECOND });
    await opening('idle', { idleSeconds: 2 });
    await opening('long', {});

    const swept = [
      await opened().stores.sessions.sweep(START + SECOND, 10),
      await opened().stores.sessions.sweep(START + MINUTE, 1),
      await opened().stores.sessions.sweep(START + MINUTE, 10),
      await opened().stores.sessions.sweep(START + MINUTE, 10),
    ];

    expect(swept).toEqual([0, 1, 1, 0]);
    expect((await opened().stores.sessions.list(account.id, 10)).map(({ id }) => id)).toEqual(['session-long']);
  });
}

function using(open: OpenEmpty): void {
  const opened = freshStores(open);
  const seenAt = async () => (await opened().stores.sessions.find('digest-one'))?.session.seenAt;

  it('notes the last use, and never an earlier one after it', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one'));

    await opened().stores.sessions.touch('digest-one', START + MINUTE);
    await opened().stores.sessions.touch('digest-one', START + SECOND);

    expect(await seenAt()).toBe(START + MINUTE);
  });

  it('keeps an idle session from being swept', async () => {
    const account = await given(opened(), 1);
    await signedIn(opened(), signInOf(account, 'one', { session: sessionOf(account, 'one', { idleSeconds: 60 }) }));

    await opened().stores.sessions.touch('digest-one', START + 50 * SECOND);

    expect(await opened().stores.sessions.sweep(START + 100 * SECOND, 10)).toBe(0);
    expect(await opened().stores.sessions.sweep(START + 111 * SECOND, 10)).toBe(1);
  });

  it('brings no ended session back', async () => {
    await opened().stores.sessions.touch('digest-one', START);

    expect(await opened().stores.sessions.find('digest-one')).toBeUndefined();
  });
}
