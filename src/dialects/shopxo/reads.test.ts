// How ShopXO logins are read.
import { Refusal, Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { isCodeLogin, lacksPassword, readBaseCommon, readCodeLogin, readPasswordLogin } from './reads.ts';
import { settings } from './settings.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ACCOUNT = 'accounts=qqqqqq&pwd=secret1&type=username';

const readingWith = (given: object = {}) => ({ settings: settingsOf(settings, given), now: 0, passwordMaxLength: 128 });
const requestOf = (body: unknown, url = '/user/login', headers: Record<string, string> = {}) =>
  wireRequest({ on: `POST ${url}`, headers: typeof body === 'string' ? { ...FORM, ...headers } : headers, body });

const login = (body: unknown, url?: string) => readPasswordLogin(requestOf(body, url), readingWith());
const codeLogin = (body: unknown) => readCodeLogin(requestOf(body), readingWith());

const passwordOf = (body: unknown): string => {
  const { password } = login(body);
  return password instanceof Secret ? password.reveal() : password.code;
};

function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (reason) {
    if (reason instanceof Refusal) return reason;
  }
  throw new Error('it was read');
}

describe('reading a login with a password', () => {
  it('claims a number, an address or a user name, in this order', () => {
    const ask = login(ACCOUNT);

    expect(ask.claims).toEqual([
      { kind: 'mobile', text: 'qqqqqq' },
      { kind: 'email', text: 'qqqqqq' },
      { kind: 'username', text: 'qqqqqq' },
      { kind: 'username', text: 'qqqqqq', nameSpace: 'shopxo' },
    ]);
  });

  it('opens a session of 90 days, or 30 without use, with 32 hex digits', () => {
    const { session } = login(ACCOUNT);

    expect(session).toEqual({
      token: { alphabet: '0123456789abcdef', length: 32 },
      lifeSeconds: 7_776_000,
      idleSeconds: 2_592_000,
    });
  });

  it('ends the other sessions where the operator wants that', () => {
    const ask = readPasswordLogin(requestOf(ACCOUNT), readingWith({ singleSession: 'clientType' }));

    expect(ask.session.replaces).toBe('clientType');
  });

  it.each([
    ['a form', requestOf(ACCOUNT)],
    ['JSON', requestOf({ accounts: 'qqqqqq', pwd: 'secret1', type: 'username' })],
    ['JSON declared as a form', requestOf('{"accounts":"qqqqqq","pwd":"secret1","type":"username"}')],
    ['the query of a GET', wireRequest({ on: `GET /user/login?${ACCOUNT}` })],
    ['the query of a POST', requestOf('', `/user/login?${ACCOUNT}`)],
    [
      'multipart',
      requestOf(
        ['accounts', 'pwd', 'type']
          .map(
            (name, index) =>
              `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${['qqqqqq', 'secret1', 'username'][index]}\r\n`,
          )
          .join('') + '--b--',
        '/user/login',
        { 'content-type': 'multipart/form-data; boundary=b' },
      ),
    ],
  ])('reads %s', (_, request) => {
    const ask = readPasswordLogin(request, readingWith());

    expect(ask.claims[2]).toEqual({ kind: 'username', text: 'qqqqqq' });
    expect((ask.password as Secret).reveal()).toBe('secret1');
  });

  it('R-78 lets the body win over the query, also when it is empty there', () => {
    const inBody = login(ACCOUNT, '/user/login?accounts=other');
    const empty = refusalOf(() => login('accounts=&pwd=secret1&type=username', '/user/login?accounts=other'));

    expect(inBody.claims[2]?.text).toBe('qqqqqq');
    expect(empty.detail.field).toBe('accounts');
  });

  it('takes safe integers for texts', () => {
    const ask = login({ accounts: 13_222_222_368, pwd: 123_456, type: 'username' });

    expect(ask.claims[0]).toEqual({ kind: 'mobile', text: '13222222368' });
    expect((ask.password as Secret).reveal()).toBe('123456');
  });

  it('notes the client and the installation it runs in', () => {
    const ask = login(ACCOUNT, '/api.php?s=user/login&application_client_type=weixin&uuid=u-9');

    expect(ask.client).toEqual({ type: 'weixin', deviceId: 'u-9' });
  });

  it('takes a client that says nothing for the default one', () => {
    expect(login(ACCOUNT).client).toEqual({ type: 'pc' });
  });
});

describe('reading the password of a login', () => {
  it.each([
    [' secret1 ', 'secret1'],
    ['\t\r\nsecret1\n', 'secret1'],
    ['sec ret1', 'sec ret1'],
    ['\u3000secret1', '\u3000secret1'],
    ['七个字的密码啊', '七个字的密码啊'],
    ['x'.repeat(128), 'x'.repeat(128)],
  ])('trims what was pasted and nothing else (%j)', (pwd, expected) => {
    expect(passwordOf({ accounts: 'a', pwd, type: 'username' })).toBe(expected);
  });

  it.each([
    [undefined, 'password.too-short'],
    [null, 'password.too-short'],
    ['', 'password.too-short'],
    ['      ', 'password.too-short'],
    ['abc12', 'password.too-short'],
    ['😀😀😀', 'password.too-short'],
    [true, 'password.too-short'],
    [['secret1'], 'password.too-short'],
    [{ is: 'secret1' }, 'password.too-short'],
    [1e21, 'password.too-short'],
    ['x'.repeat(129), 'password.too-long'],
  ])('R-77 hands %j on as unfit, for the account is looked at first', (pwd, code) => {
    expect(passwordOf({ accounts: 'a', pwd, type: 'username' })).toBe(code);
  });

  it.each([
    [{ pwd: '' }, true],
    [{ pwd: '  ' }, true],
    [{ pwd: ['x'] }, true],
    [{}, true],
    [{ pwd: 'abc' }, false],
  ])('tells whether one was given at all (%j)', (body, isLacking) => {
    expect(lacksPassword(requestOf(body))).toBe(isLacking);
  });
});

describe('reading a login that is refused before anybody is looked up', () => {
  it.each([
    ['pwd=secret1'],
    ['type=foo&accounts=a'],
    ['type=USERNAME&accounts=a'],
    ['type=username&accounts=a&accounts=b'],
    ['type[]=username&accounts=a'],
    ['%'],
    ['{"type":"username"'],
    ['{"type":["username"],"accounts":"a"}'],
    ['{"type":7,"accounts":"a"}'],
  ])('asks for the type first (%s)', (body) => {
    const refusal = refusalOf(() => login(body));

    expect(refusal.code).toBe('input.malformed');
    expect(refusal.detail.field).not.toBe('accounts');
  });

  it.each([[undefined], [null], [''], ['  '], ['0'], [0], [true], [['a']], [{ a: 1 }], [1.5], [2 ** 53]])(
    'asks for the account next (%j)',
    (accounts) => {
      const refusal = refusalOf(() => login({ accounts, type: 'username' }));

      expect(refusal).toMatchObject({ code: 'input.malformed', detail: { field: 'accounts' } });
    },
  );

  it('asks whether the type is open only then', () => {
    const closed = readingWith({ loginTypes: ['sms'] });

    expect(refusalOf(() => readPasswordLogin(requestOf(ACCOUNT), closed)).code).toBe('sign-in.type-closed');
    expect(refusalOf(() => readPasswordLogin(requestOf('type=username'), closed)).detail.field).toBe('accounts');
  });

  it('asks first of all whether the shop is open', () => {
    const closed = readingWith({ closedReason: '升级中...' });

    expect(refusalOf(() => readPasswordLogin(requestOf('x'), closed)).code).toBe('endpoint.closed');
    expect(refusalOf(() => readBaseCommon(requestOf('x'), closed)).code).toBe('endpoint.closed');
  });
});

describe('reading a login with a code', () => {
  it('claims the number and hands the code on', () => {
    const ask = codeLogin('accounts= 13222222368 &type=sms&verify=0123');

    expect(ask.claims).toEqual([{ kind: 'mobile', text: '13222222368' }]);
    expect(ask.purpose).toBe('shopxo.login');
    expect(ask.code?.reveal()).toBe('0123');
  });

  it('claims the address', () => {
    const ask = codeLogin({ accounts: 'xxxfoo@example.org', type: 'email', verify: 7777 });

    expect(ask.claims).toEqual([{ kind: 'email', text: 'xxxfoo@example.org' }]);
    expect(ask.code?.reveal()).toBe('7777');
  });

  it.each([['12222222368'], ['+8613222222368'], ['1322222236'], ['qqqqqq']])('refuses %s as a number', (accounts) => {
    const refusal = refusalOf(() => codeLogin({ accounts, type: 'sms', verify: '1234' }));

    expect(refusal).toMatchObject({ code: 'identifier.malformed', detail: { field: 'mobile' } });
  });

  it('refuses what is no address', () => {
    const refusal = refusalOf(() => codeLogin({ accounts: 'xxxfoo', type: 'email', verify: '1234' }));

    expect(refusal).toMatchObject({ code: 'identifier.malformed', detail: { field: 'email' } });
  });

  it.each([[undefined], [''], [null], [['1234']]])('hands on that there is no code (%j)', (verify) => {
    const ask = codeLogin({ accounts: '13222222368', type: 'sms', verify });

    expect(ask.code).toBeUndefined();
  });

  it.each([
    ['type=sms', true],
    ['type=email', true],
    ['type=username', false],
    ['type=foo', false],
    ['type=sms&type=email', false],
  ])('is told from one with a password by its type (%s)', (body, isByCode) => {
    expect(isCodeLogin(requestOf(body))).toBe(isByCode);
  });
});
