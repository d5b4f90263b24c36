// Resetting a password: one step that cannot be skipped, crossed or repeated.
import { type AskOf, Secret } from '#core';
import { Owner } from '#tests/support/own-account';
import { aMobile, aPassword } from '#tests/support/people';
import { asking, callFrom, codeOf, openTestRulebook, type OpenRulebook } from '#tests/support/rulebook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PURPOSE = 'test.reset';
let book: OpenRulebook;
beforeAll(async () => {
  book = await openTestRulebook({ 'budgets.source.failures': 1000, 'budgets.subnet.failures': 1000 });
});
afterAll(() => book.house.close());

const owner = () => new Owner(book).settle();
const reset = (
  mobile: string,
  code: string | undefined,
  more: Partial<AskOf<'resetPassword'> & { from: number }> = {},
) => {
  const { from = 1, ...ask } = more;
  const claim = { kind: 'mobile', text: mobile } as const;
  const given = { claim, purpose: PURPOSE, code: code === undefined ? undefined : new Secret(code) };
  return codeOf(book.flows.resetPassword({ ...given, password: new Secret(aPassword()), ...ask }, callFrom(from)));
};

describe('resetting a password', () => {
  it('R-70 sets it, ends all sessions and signs nobody in', async () => {
    const person = await owner();
    const token = await person.signIn();
    await person.receive(PURPOSE, '4711');
    const next = aPassword();

    const outcome = await reset(person.mobile, '4711', { password: new Secret(next) });

    expect(outcome).toBe('done');
    expect(await person.holds(token)).toBe(false);
    expect(await book.house.stores.sessions.list((await accountOf(person)).id, 10)).toEqual([]);
    expect(await codeOf(person.signIn(2))).toBe('credentials.mismatch');
    expect(await codeOf(person.signIn(2, next))).toBe('done');
  });

  it('R-70 takes the code once, though twenty come with it at the same moment', async () => {
    const person = await owner();
    await person.receive(PURPOSE, '4711');

    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, from) => reset(person.mobile, '4711', { from })));

    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  it('R-70 takes no code that is too old, or was sent before the password changed', async () => {
    const [late, changed] = [await owner(), await owner()];
    await late.receive(PURPOSE, '4711');
    await changed.receive(PURPOSE, '4711');
    const current = new Secret(changed.password);
    const who = { claims: [{ kind: 'username', text: changed.username }] } as const;
    await book.flows.changePassword({ who, current, next: new Secret(aPassword()) }, callFrom(3));

    const afterwards = await reset(changed.mobile, '4711');
    book.clock.advance('16m');

    expect([afterwards, await reset(late.mobile, '4711')]).toEqual(['code.expired', 'code.expired']);
  });

  it.each([
    ['code.expired', undefined, {}],
    ['code.mismatch', '', {}],
    ['code.mismatch', '0815', {}],
    // Sent to sign in, not to reset.
    ['code.mismatch', '2222', {}],
    ['code.expired', '4711', { purpose: 'test.other' }],
  ] as const)('R-71 answers %s, and changes nothing, to %j with %j', async (...[expected, code, more]) => {
    const person = await owner();
    await person.receive(PURPOSE, '4711');
    await person.receive('test.login', '2222');

    expect(await reset(person.mobile, code, more)).toBe(expected);
    expect(await codeOf(person.signIn(4))).toBe('done');
  });

  it('R-71 changes nothing for a code that was sent to somebody else', async () => {
    const [mine, theirs] = [await owner(), await owner()];
    await mine.receive(PURPOSE, '4711');

    expect(await reset(theirs.mobile, '4711')).toBe('code.expired');
    expect(await codeOf(theirs.signIn(5))).toBe('done');
  });

  it('R-75 is not open to a number that was only typed in, nor to nobody', async () => {
    const mobile = aMobile();
    const person = new Owner(book);
    await book.flows.registerAccount(
      { identifiers: [{ kind: 'mobile', text: mobile }], password: new Secret(person.password), profile: {} },
      callFrom(6),
    );
    await person.receive(PURPOSE, '4711', mobile);

    expect(await reset(mobile, '4711')).toBe('account.unknown');
    expect(await reset(aMobile(), '4711')).toBe('account.unknown');
  });

  it('R-36 lifts the lock that made it necessary', async () => {
    const person = await owner();
    for (let guess = 0; guess < 6; guess += 1) await codeOf(person.signIn(7, 'not the password'));
    await person.receive(PURPOSE, '4711');
    book.clock.advance('1m');
    const next = aPassword();

    const outcome = await reset(person.mobile, '4711', { password: new Secret(next) });

    expect(outcome).toBe('done');
    expect(await codeOf(person.signIn(7, next))).toBe('done');
  });

  it('refuses a weak password before it looks at the code', async () => {
    const person = await owner();
    await person.receive(PURPOSE, '4711');

    const weak = await reset(person.mobile, '4711', { password: new Secret('password1') });

    expect(weak).toBe('password.common');
    expect(await reset(person.mobile, '4711')).toBe('done');
  });

  it('R-27 sounds the same for everybody under the strict policy', async () => {
    const person = await owner();
    await person.receive(PURPOSE, '4711');
    const ask = (mobile: string, code: string) => ({
      claim: { kind: 'mobile', text: mobile } as const,
      purpose: PURPOSE,
      code: new Secret(code),
      password: new Secret(aPassword()),
    });

    const outcomes = [
      await codeOf(book.flows.resetPassword(ask(person.mobile, '0815'), callFrom(8, 'strict'))),
      await codeOf(book.flows.resetPassword(ask(aMobile(), '0815'), callFrom(8, 'strict'))),
    ];

    expect(outcomes).toEqual(['code.expired', 'code.expired']);
  });
});

async function accountOf({ username, password }: Owner): Promise<{ readonly id: string }> {
  const found = await book.house.stores.accounts.find('main', [{ kind: 'username', key: username }]);
  if (found === undefined) throw new Error(`there is no ${asking(username, password).claims[0]?.text}`);
  return found.account;
}
