// How weidu requests are read.
import { Refusal, Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { readLogin } from './reads.ts';
import { settings } from './settings.ts';

const NOW = Date.UTC(2025, 5, 12, 9, 16, 31);
const ON = 'POST /weidu/api/v1/users/login';

const read = (body: unknown, given: object = {}, headers = {}) =>
  readLogin(wireRequest({ on: ON, body, headers }), {
    settings: settingsOf(settings, given),
    now: NOW,
    passwordMaxLength: 128,
  });

const refusalOf = (body: unknown, given: object = {}): Refusal => {
  try {
    read(body, given);
  } catch (reason) {
    if (reason instanceof Refusal) return reason;
  }
  throw new Error('it was read');
};

const LOGIN = { login_id: '13800138000', password: 'Zk12345678' };
const DEVICE = { device_model: 'M2', device_name: 'phone', timestamp: NOW / 1000, device_id: 'd-1', device_sign: 's' };

describe('reading a login', () => {
  it('reads JSON that was declared as a form, as the document posts it', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    const ask = read(LOGIN, {}, headers);

    expect(ask.claims).toEqual([{ kind: 'mobile', text: '13800138000' }]);
  });

  it('takes the password as it was typed', () => {
    const { password } = read({ ...LOGIN, password: ' p w ' });

    expect(password).toBeInstanceOf(Secret);
    expect((password as Secret).reveal()).toBe(' p w ');
  });

  it.each([
    ['13800138000', ['mobile']],
    ['+8613800138000', ['mobile']],
    ['somebody@example.org', ['email']],
    ['somebody', ['username']],
    ['1313354987295739904', ['username']],
  ])('takes %j for %j and nothing else', (loginId, kinds) => {
    const { claims } = read({ ...LOGIN, login_id: loginId });

    expect(claims.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('opens a session of 30 days with a token and a CSRF value of 26 letters', () => {
    const { session } = read(LOGIN);

    expect(session).toMatchObject({ lifeSeconds: 2_592_000, token: { length: 26 }, csrf: { length: 26 } });
    expect(session.token.alphabet).toMatch(/^(?:([a-z0-9])(?!.*\1)){32}$/);
  });

  it.each([[null], [''], [undefined]])('takes %j in an optional field for not given', (nothing) => {
    const fields = { captcha_token: nothing, device_model: nothing, device_name: nothing, timestamp: nothing };

    const ask = read({ ...LOGIN, ...fields, device_id: nothing, device_sign: nothing });

    expect(ask.client).toEqual({});
  });

  it('tolerates what clients of the family send besides', () => {
    const ask = read({ ...LOGIN, token: 7, deviceId: ['d'] });

    expect(ask.client).toEqual({});
  });

  it('remembers the device', () => {
    const ask = read({ ...LOGIN, ...DEVICE });

    expect(ask.client).toEqual({ deviceId: 'd-1', deviceName: 'phone', deviceModel: 'M2' });
  });
});

describe('reading a captcha_token', () => {
  it.each([
    ['always', 'always'],
    [undefined, 'afterFailures'],
  ])('hands it on to whoever decides whether one is due (captcha: %s)', (captcha, policy) => {
    const { challenge } = read({ ...LOGIN, captcha_token: 'token-of-a-captcha' }, { captcha });

    expect(challenge).toMatchObject({ policy, purpose: 'weidu.login', given: { kind: 'token' } });
    expect(challenge?.given).toHaveProperty('token', expect.any(Secret));
  });

  it('hands on that there is none', () => {
    expect(read(LOGIN).challenge?.given).toEqual({ kind: 'token', token: undefined });
  });
});

describe('reading a login that cannot be read', () => {
  it.each([['{'], ['[]'], ['"text"'], ['login_id=1']])('refuses the body %j', (body) => {
    expect(refusalOf(body)).toMatchObject({ code: 'input.malformed' });
  });

  it('R-78 refuses a repeated key', () => {
    const body = '{"login_id":"somebody","password":"a","password":"b"}';

    expect(refusalOf(body)).toMatchObject({ code: 'input.malformed' });
  });

  it.each([
    ['login_id'],
    ['password'],
    ['captcha_token'],
    ['device_model'],
    ['device_name'],
    ['device_id'],
    ['device_sign'],
  ])('R-77 names %s when it is no text', (field) => {
    for (const value of [7, true, ['x'], { x: 1 }]) {
      expect(refusalOf({ ...LOGIN, [field]: value })).toMatchObject({ code: 'input.malformed', detail: { field } });
    }
  });

  it.each([['1600000000'], [1.5], [true], [[1]], [9e20]])('R-77 names timestamp when it is %j', (timestamp) => {
    expect(refusalOf({ ...LOGIN, timestamp })).toMatchObject({ detail: { field: 'timestamp' } });
  });

  it.each([
    [{ password: 'x' }, 'login_id'],
    [{ login_id: '  ', password: 'x' }, 'login_id'],
    [{ login_id: 'somebody', password: 7 }, 'password'],
  ])('names the field that %j lacks', (body, field) => {
    expect(refusalOf(body)).toMatchObject({ kind: 'malformed', detail: { field } });
  });

  it.each([
    [undefined, 'password.too-short'],
    [null, 'password.too-short'],
    ['', 'password.too-short'],
    ['x'.repeat(129), 'password.too-long'],
  ])('R-02 hands on that %j cannot be a password', (password, code) => {
    expect(read({ ...LOGIN, password }).password).toMatchObject({ code });
  });
});

describe('reading a login where the device is required', () => {
  const REQUIRED = { device: 'required' };

  it('takes a complete device whose clock is right', () => {
    const ask = read({ ...LOGIN, ...DEVICE }, REQUIRED);

    expect(ask.client).toMatchObject({ deviceId: 'd-1' });
  });

  it.each([['device_model'], ['device_name'], ['timestamp'], ['device_id'], ['device_sign']])(
    'names %s when it is missing',
    (field) => {
      expect(refusalOf({ ...LOGIN, ...DEVICE, [field]: null }, REQUIRED)).toMatchObject({ detail: { field } });
    },
  );

  it.each([[-300], [300]])('takes a timestamp %i seconds off', (seconds) => {
    const ask = read({ ...LOGIN, ...DEVICE, timestamp: NOW / 1000 + seconds }, REQUIRED);

    expect(ask.client).toMatchObject({ deviceId: 'd-1' });
  });

  it.each([[-301], [301]])('refuses a timestamp %i seconds off', (seconds) => {
    const body = { ...LOGIN, ...DEVICE, timestamp: NOW / 1000 + seconds };

    expect(refusalOf(body, REQUIRED)).toMatchObject({ detail: { field: 'timestamp' } });
  });
});

describe('reading a login where the formula of device_sign is known', () => {
  // The digest was made with md5sum.
  const FORMULA = {
    hash: 'md5',
    order: ['device_id', 'app_name', 'business_type'],
    separator: '|',
    appName: 'app',
    businessType: 'b',
  };
  const MD5 = 'e18e5d50fb48534e059ddf3857ff45f7';

  it('takes the sign of this device', () => {
    const ask = read({ ...LOGIN, device_id: 'd-1', device_sign: MD5 }, { deviceSign: FORMULA });

    expect(ask.client).toEqual({ deviceId: 'd-1' });
  });

  it.each([
    ['HEX', MD5.toUpperCase()],
    ['base64', Buffer.from(MD5, 'hex').toString('base64')],
  ])('takes a digest spelled in %s', (digest, sign) => {
    const ask = read({ ...LOGIN, device_id: 'd-1', device_sign: sign }, { deviceSign: { ...FORMULA, digest } });

    expect(ask.client).toEqual({ deviceId: 'd-1' });
  });

  it('refuses the sign of another device', () => {
    const body = { ...LOGIN, device_id: 'd-2', device_sign: MD5 };

    expect(refusalOf(body, { deviceSign: FORMULA })).toMatchObject({ detail: { field: 'device_sign' } });
  });

  it('asks for no sign where the device is optional', () => {
    const ask = read(LOGIN, { deviceSign: FORMULA });

    expect(ask.client).toEqual({});
  });
});
