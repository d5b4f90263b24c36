// How ShopXO's calls about an account are read.
import { Refusal, Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { readHolder, readRegistration, readReset } from './account-reads.ts';
import { settings } from './settings.ts';

const readingWith = (given: object = {}) => ({ settings: settingsOf(settings, given), now: 0, passwordMaxLength: 128 });
const posted = (body: unknown, query = '', headers: Record<string, string> = {}) =>
  wireRequest({ on: `POST /user/reg${query}`, body, headers });

const register = (body: object, query?: string, given?: object) =>
  readRegistration(posted(body, query), readingWith(given));
const reset = (body: object) => readReset(posted(body), readingWith());

function refusalOf(read: () => unknown): readonly [code: string, field: string | undefined] {
  try {
    read();
  } catch (reason) {
    if (reason instanceof Refusal) return [reason.code, reason.detail.field];
  }
  throw new Error('it was read');
}

/** The same, with its secrets in clear: two secrets are alike to a test whatever they hold. */
function opened(value: unknown): unknown {
  if (value instanceof Secret) return { secret: value.reveal() as unknown };
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, opened(each)]));
}

const BY_NAME = { accounts: 'qqqqqq', pwd: 'a long password', type: 'username' };
const BY_MOBILE = { accounts: '13222222368', pwd: 'a long password', type: 'sms', verify: '4711' };

describe('reading a registration', () => {
  it('reads a user name, which counts as one here whatever it looks like, and the picture', () => {
    expect(opened(register({ ...BY_NAME, verify: 'aB3d' }, '?uuid=u-9&application_client_type=h5'))).toEqual({
      identifiers: [{ kind: 'username', text: 'qqqqqq', nameSpace: 'shopxo' }],
      password: { secret: 'a long password' },
      profile: {},
      awaitsApproval: false,
      namesBeforeChallenge: true,
      session: {
        token: { alphabet: '0123456789abcdef', length: 32 },
        lifeSeconds: 7_776_000,
        idleSeconds: 2_592_000,
      },
      client: { type: 'h5', deviceId: 'u-9' },
      challenge: {
        policy: 'afterFailures',
        purpose: 'shopxo.user_reg',
        given: { kind: 'picture', holder: 'uuid:u-9', answer: { secret: 'aB3d' } },
      },
    });
  });

  it.each([
    [BY_MOBILE, { kind: 'mobile', text: '13222222368' }],
    [
      { ...BY_MOBILE, accounts: 'xxxfoo@example.org', type: 'email' },
      { kind: 'email', text: 'xxxfoo@example.org' },
    ],
  ])('reads the code for a number or an address, and no picture (%j)', (body, claim) => {
    const ask = register(body);

    expect(ask.identifiers).toEqual([claim]);
    expect(opened(ask.proof)).toEqual({ claim, code: { secret: '4711' }, purpose: 'shopxo.reg' });
    expect(ask.challenge).toBeUndefined();
  });

  it('asks for approval where the operator wants that', () => {
    expect(register(BY_NAME, '', { registerNeedsApproval: true }).awaitsApproval).toBe(true);
  });

  it.each<[object, string, string | undefined]>([
    [{}, 'input.malformed', 'accounts'],
    [{ accounts: '0' }, 'input.malformed', 'accounts'],
    [{ accounts: ['qqqqqq'] }, 'input.malformed', 'accounts'],
    [{ accounts: 'qqqqqq' }, 'input.malformed', 'pwd'],
    [{ accounts: 'qqqqqq', pwd: '  ' }, 'input.malformed', 'pwd'],
    [{ accounts: 'qqqqqq', pwd: { is: 'x' } }, 'input.malformed', 'pwd'],
    [{ accounts: 'qqqqqq', pwd: 'x' }, 'input.malformed', 'type'],
    [{ ...BY_NAME, type: 'Username' }, 'input.malformed', 'type'],
    [{ ...BY_MOBILE, verify: '' }, 'input.malformed', 'verify'],
    [{ ...BY_MOBILE, verify: ['4711'] }, 'input.malformed', 'verify'],
    [{ ...BY_NAME, accounts: 'q' }, 'identifier.malformed', 'username'],
    [{ ...BY_NAME, accounts: 'q'.repeat(19) }, 'identifier.malformed', 'username'],
    [{ ...BY_NAME, accounts: '名字' }, 'identifier.malformed', 'username'],
    [{ ...BY_NAME, accounts: 'q q' }, 'identifier.malformed', 'username'],
    [{ ...BY_MOBILE, accounts: '+8613222222368' }, 'identifier.malformed', 'mobile'],
    [{ ...BY_MOBILE, accounts: 'qqqqqq', type: 'email' }, 'identifier.malformed', 'email'],
  ])('R-77 asks for one thing after the other (%j)', (body, code, field) => {
    expect(refusalOf(() => register(body))).toEqual([code, field]);
  });

  it('looks at the form only where the type is open', () => {
    const closed = { registerTypes: ['email'] };

    expect(refusalOf(() => register({ ...BY_NAME, accounts: 'q' }, '', closed))).toEqual([
      'sign-in.type-closed',
      'username',
    ]);
  });

  it('hands on why a password cannot be one', () => {
    const { password } = register({ ...BY_NAME, pwd: 'x'.repeat(129) });

    expect(password).toMatchObject({ code: 'password.too-long' });
  });

  it('trims what was pasted, as the login does', () => {
    expect(opened(register({ ...BY_NAME, pwd: '\t a long password \r\n' }).password)).toEqual({
      secret: 'a long password',
    });
  });
});

describe('reading a new password', () => {
  const body = { accounts: '13222222368', pwd: ' a new password ', verify: 4711 };

  it('tells a number from an address by its form', () => {
    const claims = [reset(body), reset({ ...body, accounts: 'xxxfoo@example.org' })].map(({ claim }) => claim);

    expect(claims).toEqual([
      { kind: 'mobile', text: '13222222368' },
      { kind: 'email', text: 'xxxfoo@example.org' },
    ]);
    expect(opened(reset(body))).toMatchObject({
      purpose: 'shopxo.forgetpwd',
      code: { secret: '4711' },
      password: { secret: 'a new password' },
    });
  });

  it.each<[object, string, string | undefined]>([
    [{}, 'input.malformed', 'accounts'],
    [{ ...body, pwd: '' }, 'input.malformed', 'pwd'],
    [{ ...body, verify: null }, 'input.malformed', 'verify'],
    [{ ...body, accounts: 'qqqqqq' }, 'identifier.malformed', 'mobile'],
  ])('R-77 asks for one thing after the other (%j)', (given, code, field) => {
    expect(refusalOf(() => reset(given))).toEqual([code, field]);
  });
});

describe('reading who is signed in', () => {
  const holder = (body: object, query = '', headers: Record<string, string> = {}) =>
    readHolder(posted(body, query, headers), readingWith());

  it.each<[string, Parameters<typeof holder>]>([
    ['the query', [{}, '?token=abc']],
    ['the body', [{ token: 'abc' }]],
    ['the body before the query', [{ token: 'abc' }, '?token=other']],
    ['the parameter before the header', [{}, '?token=abc', { authorization: 'Bearer other' }]],
    ['the header, where the parameter is empty', [{}, '?token=', { authorization: 'Bearer abc' }]],
  ])('takes the token from %s', (_, said) => {
    expect(opened(holder(...said))).toEqual({ who: { token: { secret: 'abc' } } });
  });

  it.each<[object, string]>([
    [{}, ''],
    [{ token: '' }, '?token=abc'],
    [{ token: ['abc'] }, ''],
    [{ token: null }, ''],
  ])('finds none in %j', (body, query) => {
    expect(refusalOf(() => holder(body, query))).toEqual(['session.unknown', undefined]);
  });

  it('R-78 refuses one that comes twice', () => {
    expect(refusalOf(() => holder({}, '?token=abc&token=abc'))[0]).toBe('input.malformed');
  });

  it('finds the shop closed first', () => {
    const closed = readingWith({ closedReason: '盘点中' });

    expect(refusalOf(() => readHolder(posted({}), closed))).toEqual(['endpoint.closed', undefined]);
  });
});
