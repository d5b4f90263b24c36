// Who is let near an account: the holder of its session, and what ends that.
import { changeRoles, changeStatus, removeAccount, Secret, setPassword } from '#core';
import { aPerson, joining, Owner } from '#tests/support/own-account';
import { aPassword } from '#tests/support/people';
import { adminDeps, callFrom, codeOf, openTestRulebook, type OpenRulebook, TERMS } from '#tests/support/rulebook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let book: OpenRulebook;
beforeAll(async () => {
  book = await openTestRulebook({ 'registration.source.perHour': 1000, 'registration.subnet.perHour': 1000 });
});
afterAll(() => book.house.close());

const CSRF = { alphabet: '0123456789abcdef', length: 26 };
const signUp = (more: Parameters<typeof joining>[1] = {}) => book.flows.signUp(joining(aPerson(), more), callFrom(1));
const read = (who: Parameters<typeof book.flows.signOut>[0]['who'], call = callFrom(1)) =>
  codeOf(book.flows.describeAccount({ who }, call));

describe('the holder of a session', () => {
  it('reads the account as it is now', async () => {
    const { account, session } = await signUp();
    const revise = () => ({ profile: { nickname: 'Ada' } });
    await book.flows.updateProfile({ who: { token: session.token }, revise }, callFrom(1));

    const own = await book.flows.describeAccount({ who: { token: session.token } }, callFrom(1));

    expect(own.account).toMatchObject({ id: account.id, profile: { nickname: 'Ada' } });
  });

  it('R-59 is nobody with another dialect or realm', async () => {
    const { session } = await signUp();

    expect(await read({ token: session.token }, { ...callFrom(1), dialect: 'other' })).toBe('session.unknown');
    expect(await read({ token: session.token }, { ...callFrom(1), realm: 'other' })).toBe('session.unknown');
    expect(await read({ token: session.token })).toBe('done');
  });

  it('R-61 brings the session’s own value where a browser carries the token', async () => {
    const { session } = await signUp({ session: { ...TERMS, csrf: CSRF } });
    const other = await signUp({ session: { ...TERMS, csrf: CSRF } });
    const { token, csrf } = session;

    expect(await read({ token, csrf: csrf as Secret })).toBe('done');
    expect(await read({ token, csrf: other.session.csrf as Secret })).toBe('session.unknown');
    expect(await read({ token, csrf: new Secret('') })).toBe('session.unknown');
    expect(await read({ token: (await signUp()).session.token, csrf: new Secret('') })).toBe('session.unknown');
  });

  it('R-63 brings no other account’s id', async () => {
    const [mine, theirs] = [await signUp(), await signUp()];
    const { token } = mine.session;

    expect(await read({ token, publicId: mine.account.publicId })).toBe('done');
    expect(await read({ token, publicId: theirs.account.publicId })).toBe('session.unknown');
  });

  it('R-57 is nobody the moment they sign out, are disabled, removed, given a role, or get a new password', async () => {
    const { accounts } = book.house.stores;
    const deps = adminDeps(book.house);
    const events: ((owner: Owner, accountId: string, token: Secret) => Promise<unknown>)[] = [
      (_, __, token) => book.flows.signOut({ who: { token } }, callFrom(1)),
      (_, accountId) => changeStatus(deps)({ accountId, status: 'disabled' }),
      (_, accountId) => removeAccount(deps)({ accountId }),
      (_, accountId) => changeRoles(deps)({ accountId, grant: ['operator'] }),
      (_, accountId) => setPassword(deps)({ accountId, password: new Secret(aPassword()) }),
      ({ username, password }) =>
        book.flows.changePassword(
          {
            who: { claims: [{ kind: 'username', text: username }] },
            current: new Secret(password),
            next: new Secret(aPassword()),
          },
          callFrom(1),
        ),
    ];

    const outcomes = await Promise.all(
      events.map(async (event) => {
        const owner = await new Owner(book).settle();
        const token = await owner.signIn();
        const before = await owner.holds(token);
        const found = await accounts.find('main', [{ kind: 'username', key: owner.username }]);
        await event(owner, found?.account.id ?? '', token);
        return [before, await owner.holds(token)];
      }),
    );

    expect(outcomes).toEqual(events.map(() => [true, false]));
  });
});

describe('the holder of a session who changes their password', () => {
  const change = (token: Secret, current: string, { next = aPassword(), from = 1 } = {}) =>
    codeOf(
      book.flows.changePassword(
        { who: { token }, current: new Secret(current), next: new Secret(next) },
        callFrom(from),
      ),
    );

  it('R-08 goes on, and all others end', async () => {
    const owner = await new Owner(book).settle();
    const [mine, other] = [await owner.signIn(), await owner.signIn()];
    const next = aPassword();

    expect(await change(mine, owner.password, { next })).toBe('done');
    expect([await owner.holds(mine), await owner.holds(other)]).toEqual([true, false]);
    expect(await codeOf(owner.signIn(2, next))).toBe('done');
  });

  it('R-08 needs the current password, and six wrong ones lock the sign-in too', async () => {
    const owner = await new Owner(book).settle();
    const token = await owner.signIn(50);

    const outcomes = [];
    for (let guess = 0; guess < 6; guess += 1) outcomes.push(await change(token, 'not the password', { from: 51 }));

    expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'credentials.mismatch'), 'throttle.account']);
    expect(await codeOf(owner.signIn(51))).toBe('throttle.account');
    expect(await owner.holds(token)).toBe(true);
  });

  it('does as is asked of them when a change is due', async () => {
    const owner = await new Owner(book).settle();
    const { accounts } = book.house.stores;
    const found = await accounts.find('main', [{ kind: 'username', key: owner.username }]);
    const entry = { at: book.clock.now(), act: 'test', outcome: 'success', source: 'x' } as const;
    await accounts.change(found?.account.id ?? '', { isPasswordChangeDue: true }, entry);
    const [before, next] = [await codeOf(owner.signIn()), aPassword()];

    const outcome = await codeOf(
      book.flows.changePassword(
        {
          who: { claims: [{ kind: 'username', text: owner.username }] },
          current: new Secret(owner.password),
          next: new Secret(next),
        },
        callFrom(1),
      ),
    );

    expect([before, outcome, await codeOf(owner.signIn(1, next))]).toEqual([
      'account.password-change-due',
      'done',
      'done',
    ]);
  });
});
