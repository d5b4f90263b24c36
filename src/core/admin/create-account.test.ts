// The operator creates accounts: what becomes of identifiers and passwords, and what is refused.
import { describe, expect, it } from 'vitest';

import { type IdentifierClaim, identifierOf, lookupKeys, Secret } from '#core';

import { aMobile, anIdNumber, aPassword, aUsername } from '../../../tests/support/people.ts';
import { aDraft, anOperator, type Operator } from '../../../tests/support/operator.ts';
import { createAccount } from './create-account.ts';

interface Wish {
  readonly password?: string;
  readonly roles?: readonly string[];
}

async function create(
  { deps }: Operator,
  identifiers: readonly IdentifierClaim[],
  { password, roles = [] }: Wish = {},
) {
  const credential = password === undefined ? null : { password: new Secret(password) };
  return createAccount(deps)({ draft: aDraft({ identifiers, roles }), credential });
}

describe('creating an account', () => {
  it('counts the identifiers as verified now', async () => {
    const operator = await anOperator();

    const account = await create(operator, [{ kind: 'mobile', text: '138 0013 8000' }]);

    expect(identifierOf(account, 'mobile')).toEqual({
      kind: 'mobile',
      key: '+8613800138000',
      shown: '+8613800138000',
      verifiedAt: operator.clock.now(),
    });
  });

  it('draws a public id of 26 characters and counts the public number from 1', async () => {
    const operator = await anOperator();

    const first = await create(operator, [{ kind: 'username', text: aUsername() }]);
    const second = await create(operator, [{ kind: 'username', text: aUsername() }]);

    expect(first.publicId).toMatch(/^[a-z0-9]{26}$/);
    expect([first.number, second.number]).toEqual([1, 2]);
  });

  it('issues AegisSpeed IDs in order', async () => {
    const operator = await anOperator();

    const first = await createAccount(operator.deps)({ draft: aDraft({ issuesAegisSpeedId: true }), credential: null });
    const second = await createAccount(operator.deps)({
      draft: aDraft({ issuesAegisSpeedId: true }),
      credential: null,
    });

    expect([first, second].map((account) => identifierOf(account, 'aegisspeed_id')?.shown)).toEqual([
      'ASD000001',
      'ASD000002',
    ]);
  });

  it('keeps the password as a hash that verifies', async () => {
    const operator = await anOperator();
    const [username, password] = [aUsername(), aPassword()];

    await create(operator, [{ kind: 'username', text: username }], { password });

    const found = await operator.deps.accounts.find(
      'main',
      lookupKeys({ kind: 'username', text: username }, operator.deps.vault),
    );
    const place = await operator.deps.passwords.enter();
    const verdict = await place.verify(found?.passwordHash ?? null, new Secret(password));
    place.leave();
    expect(found?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(verdict).toEqual({ matches: true, isOutdated: false });
  });

  it('leaves an audit entry without any identifier', async () => {
    const operator = await anOperator();

    const account = await create(operator, [{ kind: 'username', text: 'ada' }]);

    const [entry] = await operator.deps.audit.list(0, 10);
    expect(entry).toMatchObject({
      act: 'account.create',
      outcome: 'success',
      source: 'cli',
      accountId: account.id,
      at: operator.clock.now(),
    });
    expect(JSON.stringify(entry)).not.toContain('ada"');
  });

  it('R-94 keeps an id number sealed and under a keyed index', async () => {
    const operator = await anOperator();
    const idNumber = anIdNumber();

    const account = await create(operator, [{ kind: 'id_number', text: idNumber }]);

    expect(JSON.stringify(account)).not.toContain(idNumber);
    const sealed = identifierOf(account, 'id_number');
    expect(operator.deps.vault.open('id_number', sealed?.shown ?? '')).toBe(idNumber);
  });
});

describe('creating an account that cannot be', () => {
  it.each([
    ['a username that reads like a mobile number', { kind: 'username', text: '138-0013-8000' }],
    ['a username that reads like a foreign mobile number', { kind: 'username', text: '+44 20 7946 0958' }],
    ['a username in full-width digits that reads like a mobile number', { kind: 'username', text: '13800138000' }],
    ['a username that reads like an e-mail address', { kind: 'username', text: 'Ada@Example.com' }],
    ['a username that reads like an id number', { kind: 'username', text: '11010519491231002x' }],
    ['a username that reads like an AegisSpeed ID', { kind: 'username', text: 'asd000007' }],
    ['an id number with a wrong check character', { kind: 'id_number', text: '110105194912310021' }],
    ['an id number of a day to come', { kind: 'id_number', text: '990101299901010016' }],
    ['a mobile number that is none', { kind: 'mobile', text: '12345' }],
  ] as const)('R-74 refuses %s', async (_, claim) => {
    const operator = await anOperator();

    await expect(create(operator, [claim])).rejects.toMatchObject({
      code: 'identifier.malformed',
      detail: { field: claim.kind },
    });
    expect(await operator.deps.accounts.count(1)).toBe(0);
  });

  it('R-74 lets one of fifty racing accounts have a mobile number', async () => {
    const operator = await anOperator();
    const text = aMobile();

    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, async () => create(operator, [{ kind: 'mobile', text }])),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await operator.deps.accounts.count(100)).toBe(1);
  });

  it("R-74 refuses a username that is somebody's AegisSpeed ID, and the other way round", async () => {
    const operator = await anOperator();
    await create(operator, [{ kind: 'aegisspeed_id', text: 'XYZ00A001' }]);
    await create(operator, [{ kind: 'username', text: 'francesco' }]);

    await expect(create(operator, [{ kind: 'username', text: 'xyz00a001' }])).rejects.toMatchObject({
      code: 'identifier.taken',
    });
    await expect(create(operator, [{ kind: 'aegisspeed_id', text: 'FRANCESCO' }])).rejects.toMatchObject({
      code: 'identifier.taken',
    });
  });

  it('refuses an account that nobody could name', async () => {
    const operator = await anOperator();

    await expect(create(operator, [])).rejects.toMatchObject({ code: 'input.malformed' });
  });

  it.each(['', 'Main', '../main', 'a b', 'x'.repeat(61)])('refuses the realm %j', async (realm) => {
    const { deps } = await anOperator();
    const draft = aDraft({ realm, identifiers: [{ kind: 'username', text: aUsername() }] });

    await expect(createAccount(deps)({ draft, credential: null })).rejects.toMatchObject({
      detail: { field: 'realm' },
    });
  });

  it('refuses two identifiers of one kind', async () => {
    const operator = await anOperator();

    const both = [
      { kind: 'username', text: aUsername() },
      { kind: 'username', text: aUsername() },
    ] as const;

    await expect(create(operator, both)).rejects.toMatchObject({ code: 'input.malformed' });
  });

  it('measures the password of an operator by the longer yardstick', async () => {
    const operator = await anOperator();
    const claims = [{ kind: 'username', text: aUsername() }] as const;

    await expect(create(operator, claims, { password: 'fourteen chars', roles: ['管理员'] })).rejects.toMatchObject({
      code: 'password.too-short',
    });
    await expect(create(operator, claims, { password: 'fourteen chars' })).resolves.toBeDefined();
  });

  it.each([
    '',
    '!',
    'md5:0123456789abcdef',
    '$argon2id$v=19$m=4194304,t=100,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaA',
  ])('R-16 refuses the hash %j', async (passwordHash) => {
    const { deps } = await anOperator();
    const draft = aDraft({ identifiers: [{ kind: 'username', text: aUsername() }] });

    await expect(createAccount(deps)({ draft, credential: { passwordHash } })).rejects.toMatchObject({
      code: 'password.malformed',
      detail: { field: 'passwordHash' },
    });
  });
});
