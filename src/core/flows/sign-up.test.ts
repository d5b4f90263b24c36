// Registering: what becomes an account, and what does not.
import { Secret } from '#core';
import { aPerson, joining, Owner } from '#tests/support/own-account';
import { aMobile, anEmail, aPassword } from '#tests/support/people';
import { callFrom, codeOf, openTestRulebook, type OpenRulebook } from '#tests/support/rulebook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PURPOSE = 'test.register';
let book: OpenRulebook;
beforeAll(async () => {
  book = await openTestRulebook({ 'registration.source.perHour': 1000, 'registration.subnet.perHour': 1000 });
});
afterAll(() => book.house.close());

const signUp = (ask: ReturnType<typeof joining>, from = 1) => book.flows.signUp(ask, callFrom(from));

describe('registering', () => {
  it('makes an account, signs in, and writes both down', async () => {
    const person = aPerson();

    const { account, session } = await signUp(joining(person, { profile: { nickname: 'Ada' } }));

    const trail = await book.house.stores.audit.list(0, 1000);
    expect(account).toMatchObject({ status: 'active', roles: [], profile: { nickname: 'Ada' }, signInDayRun: 0 });
    expect(await book.flows.describeAccount({ who: { token: session.token } }, callFrom(1))).toMatchObject({
      account: { id: account.id },
    });
    expect(trail.filter(({ accountId }) => accountId === account.id).map(({ act }) => act)).toEqual([
      'account.register',
      'sign-in.registration',
    ]);
  });

  it.each([
    ['nickname', { profile: { nickname: '' } }, 'input.malformed'],
    ['profile', { profile: { verified: 'true' } }, 'input.malformed'],
    ['password', { password: new Secret('seven77') }, 'password.too-short'],
    ['common password', { password: new Secret('qwertyuiop') }, 'password.common'],
    ['mobile', { identifiers: [{ kind: 'mobile', text: '123' }] }, 'identifier.malformed'],
    ['name that is a number', { identifiers: [{ kind: 'username', text: '13800138000' }] }, 'identifier.malformed'],
    ['name that could be issued', { identifiers: [{ kind: 'username', text: 'asd000001' }] }, 'identifier.malformed'],
  ] as const)('refuses a bad %s', async (_, wrong, code) => {
    expect(await codeOf(signUp(joining(aPerson(), wrong)))).toBe(code);
  });

  it('R-06 refuses a password that is the own name', async () => {
    const { username } = aPerson();

    expect(await codeOf(signUp(joining({ username, password: username })))).toBe('password.common');
  });

  it('R-74 refuses a name that somebody has in any spelling', async () => {
    const person = aPerson();
    await signUp(joining(person));

    expect(await codeOf(signUp(joining({ ...aPerson(), username: ` ${person.username.toUpperCase()} ` })))).toBe(
      'identifier.taken',
    );
  });

  it('R-75 leaves what was only typed in unproven, and lets its owner have it', async () => {
    const email = anEmail();
    const squatter = { identifiers: [{ kind: 'email', text: email }] } as const;
    const { account } = await signUp(joining(aPerson(), squatter));

    const again = await codeOf(signUp(joining(aPerson(), squatter)));
    const owner = await book.addAccount({ email, password: aPassword() });

    expect(account.identifiers).toMatchObject([{ kind: 'email', verifiedAt: null }]);
    expect(again).toBe('identifier.taken');
    expect(owner.identifiers).toMatchObject([{ kind: 'email' }]);
    expect((await book.house.stores.accounts.get(account.id))?.identifiers).toEqual([]);
  });

  it('R-76 gives a name that was somebody else’s without anything of theirs', async () => {
    const person = aPerson();
    const { account, session } = await signUp(joining(person, { profile: { nickname: 'Ada' } }));
    await book.house.stores.accounts.remove(account.id, {
      at: 0,
      act: 'account.remove',
      outcome: 'success',
      source: 'x',
    });

    const next = await signUp(joining({ ...person, password: aPassword() }));

    expect(next.account).toMatchObject({ profile: {}, roles: [] });
    expect(await codeOf(book.flows.describeAccount({ who: { token: session.token } }, callFrom(1)))).toBe(
      'session.unknown',
    );
  });

  it('charges names that are taken, and nothing that only has to be mended', async () => {
    const narrow = await openTestRulebook({ 'registration.source.perHour': 3 });
    const person = aPerson();
    const join = (more: Parameters<typeof joining>[1] = {}) =>
      codeOf(narrow.flows.signUp(joining(person, more), callFrom(1)));
    const weak = { password: new Secret('seven77') };

    const mended = [await join(weak), await join(weak), await join(weak), await join(weak)];
    const charged = [await join(), await join(), await join(), await join()];
    await narrow.house.close();

    expect(new Set(mended)).toEqual(new Set(['password.too-short']));
    expect(charged).toEqual(['done', 'identifier.taken', 'identifier.taken', 'registration.too-many']);
  });
});

interface How {
  readonly from?: number;
  readonly expects?: 'nobody' | 'anyone';
}

describe('registering with a code', () => {
  const withCode = (mobile: string, code: string, { from = 1, expects = 'nobody' }: How = {}) => {
    const claim = { kind: 'mobile', text: mobile } as const;
    const proof = { claim, purpose: PURPOSE, code: new Secret(code), expects };
    return codeOf(signUp(joining(aPerson(), { identifiers: [claim], proof }), from));
  };

  it('makes the number count from the start', async () => {
    const [person, mobile] = [new Owner(book), aMobile()];
    await person.receive(PURPOSE, '4711', mobile);

    const outcome = await withCode(mobile, '4711');

    const found = await book.house.stores.accounts.find('main', [{ kind: 'mobile', key: `+86${mobile}` }]);
    expect(outcome).toBe('done');
    expect(found?.account.identifiers).toMatchObject([{ kind: 'mobile', verifiedAt: book.clock.now() }]);
  });

  it('R-43 takes the code once, though twenty give it at once', async () => {
    const [person, mobile] = [new Owner(book), aMobile()];
    await person.receive(PURPOSE, '4711', mobile);

    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, from) => withCode(mobile, '4711', { from })));

    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  it('R-44 looks at five wrong ones and no more', async () => {
    const [person, mobile] = [new Owner(book), aMobile()];
    await person.receive(PURPOSE, '4711', mobile);

    const outcomes = [];
    for (const code of ['1', '2', '3', '4', '5', '4711']) outcomes.push(await withCode(mobile, code, { from: 20 }));

    expect(outcomes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'code.mismatch'));
    expect(outcomes[5]).not.toBe('done');
  });

  it('R-26 tells nobody but whoever knows a code for anyone that the number is somebody’s', async () => {
    const person = await new Owner(book).settle();
    await person.receive(PURPOSE, '4711');

    const stranger = await withCode(person.mobile, '1', { from: 31, expects: 'anyone' });
    const owner = await withCode(person.mobile, '4711', { from: 31, expects: 'anyone' });

    expect([stranger, owner]).toEqual(['code.mismatch', 'identifier.taken']);
  });

  it('makes the number count from the start with a code for anyone, too', async () => {
    const [person, mobile] = [new Owner(book), aMobile()];
    await person.receive(PURPOSE, '4711', mobile);

    expect(await withCode(mobile, '4711', { from: 32, expects: 'anyone' })).toBe('done');
  });

  it('says that the number is somebody’s, and uses nothing up', async () => {
    const person = await new Owner(book).settle();
    await person.receive(PURPOSE, '4711');

    expect(await withCode(person.mobile, '4711', { from: 30 })).toBe('identifier.taken');
  });
});

describe('registering behind a challenge', () => {
  const challenge: NonNullable<Parameters<typeof joining>[1]>['challenge'] = {
    policy: 'always',
    purpose: 'test.form',
    given: { kind: 'picture', holder: 'h', answer: undefined },
  };
  const join = (more: Parameters<typeof joining>[1], policy: 'documented' | 'strict', person = aPerson()) =>
    codeOf(book.flows.signUp(joining(person, { challenge, ...more }), callFrom(40, policy)));

  it('asks for the answer before it tells that a name is taken, unless the document does not', async () => {
    const person = aPerson();
    await signUp(joining(person));
    const namesFirst = { namesBeforeChallenge: true };

    const taken = [
      await join({}, 'documented', person),
      await join(namesFirst, 'documented', person),
      await join(namesFirst, 'strict', person),
    ];
    const free = [await join({}, 'documented'), await join(namesFirst, 'documented'), await join(namesFirst, 'strict')];

    expect(taken).toEqual(['challenge.missing', 'identifier.taken', 'challenge.missing']);
    expect(free).toEqual(['challenge.missing', 'challenge.missing', 'challenge.missing']);
  });

  it('R-26 charges whoever is told that a name is free or taken, and nobody else', async () => {
    const narrow = await openTestRulebook({ 'registration.source.perHour': 2 });
    const ask = (more: Parameters<typeof joining>[1]) =>
      codeOf(narrow.flows.signUp(joining(aPerson(), { challenge, ...more }), callFrom(1)));

    const kept = [await ask({}), await ask({}), await ask({})];
    const told = [
      await ask({ namesBeforeChallenge: true }),
      await ask({ namesBeforeChallenge: true }),
      await ask({ namesBeforeChallenge: true }),
    ];
    await narrow.house.close();

    expect(new Set(kept)).toEqual(new Set(['challenge.missing']));
    expect(told).toEqual(['challenge.missing', 'challenge.missing', 'registration.too-many']);
  });
});

describe('registering that awaits approval', () => {
  it('keeps the account, and lets nobody in', async () => {
    const person = aPerson();
    const outcome = await codeOf(signUp(joining(person, { awaitsApproval: true })));

    const again = await codeOf(signUp(joining(person, { awaitsApproval: true })));
    const found = await book.house.stores.accounts.find('main', [{ kind: 'username', key: person.username }]);

    expect([outcome, again]).toEqual(['account.pending', 'identifier.taken']);
    expect(found?.account).toMatchObject({ status: 'pending', lastSignInAt: null });
  });
});
