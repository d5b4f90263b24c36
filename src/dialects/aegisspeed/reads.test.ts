// How AegisSpeed requests are read.
import type { Secret } from '#core';
import { settingsOf } from '#tests/support/reply';
import { wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { readAdminLogin, readUserLogin } from './reads.ts';
import { settings } from './settings.ts';

const reading = { settings: settingsOf(settings), now: 0, passwordMaxLength: 128 };
const USER = 'POST /user/login/login_user_info';
const ADMIN = 'POST /user/login/login_admin_info_by_aegisspeed_id';
const ID = '110101199003091234';

const user = (body: unknown, headers = {}) => readUserLogin(wireRequest({ on: USER, body, headers }), reading);
const admin = (body: unknown) => readAdminLogin(wireRequest({ on: ADMIN, body }), reading);

describe('reading a user login', () => {
  it('claims the id number with the password as it was typed', () => {
    const body = { user_id: ID, user_password: ' p w ' };

    const ask = user(body);

    expect(ask.claims).toEqual([{ kind: 'id_number', text: ID }]);
    expect((ask.password as Secret).reveal()).toBe(' p w ');
    expect(ask.session).toMatchObject({ lifeSeconds: 604_800, token: { length: 43 } });
  });

  it('reads JSON whatever the content type says', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    const ask = user({ user_id: ID, user_password: 'secret' }, headers);

    expect(ask.claims).toHaveLength(1);
  });

  it.each([[` ${ID} `], ['11010119850506002x'], ['１１０１０１１９９００３０９１２３４'], ['110101199003091235']])(
    'takes %j for an id number',
    (userId) => {
      const body = { user_id: userId, user_password: 'secret' };

      const ask = user(body);

      expect(ask.claims).toEqual([{ kind: 'id_number', text: userId }]);
    },
  );

  it.each([[''], ['[]'], ['"text"'], ['null'], ['{'], ['user_id=1']])(
    'refuses the body %j, which is no JSON object',
    (body) => {
      expect(() => user(body)).toThrow(expect.objectContaining({ code: 'input.malformed' }));
    },
  );

  it('R-78 refuses a repeated key', () => {
    const body = `{"user_id":"${ID}","user_password":"a","user_password":"b"}`;

    expect(() => user(body)).toThrow(expect.objectContaining({ code: 'input.malformed' }));
  });

  it.each([
    [undefined],
    [null],
    [''],
    [110_101_199_003_091],
    [true],
    [[ID]],
    [{ id: ID }],
    ['11010119900309123'],
    ['alice'],
  ])('R-77 refuses %j as an id number, whatever the password', (userId) => {
    const body = { user_id: userId, user_password: 7 };

    expect(() => user(body)).toThrow(expect.objectContaining({ code: 'identifier.malformed' }));
  });

  it.each([
    [undefined, 'password.malformed'],
    [null, 'password.malformed'],
    [123_456, 'password.malformed'],
    [['secret'], 'password.malformed'],
    [{ is: 'secret' }, 'password.malformed'],
    ['', 'password.too-short'],
    ['x'.repeat(129), 'password.too-long'],
  ])('R-77 hands on that %j cannot be a password', (password, code) => {
    const ask = user({ user_id: ID, user_password: password });

    expect(ask.password).toMatchObject({ code });
  });
});

describe('reading an administrator login', () => {
  it('claims the AegisSpeed ID and demands a role of an administrator', () => {
    const body = { user_AegisSpeed_id: 'asd000001', user_password: 'secret' };

    const ask = admin(body);

    expect(ask.claims).toEqual([{ kind: 'aegisspeed_id', text: 'asd000001' }]);
    expect(ask.roles).toEqual(['管理员', '超级管理员', '组织管理员']);
    expect(ask.discloses).toEqual(['id_number']);
  });

  it.each([[undefined], [1], ['ASD00001'], ['ASD0000011'], ['AS1000001'], ['ASD-00001']])(
    'refuses %j as an AegisSpeed ID',
    (id) => {
      const body = { user_AegisSpeed_id: id, user_password: 'secret' };

      expect(() => admin(body)).toThrow(expect.objectContaining({ code: 'identifier.malformed' }));
    },
  );
});
