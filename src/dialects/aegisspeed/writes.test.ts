// What AegisSpeed answers to a login that succeeded.
import { Secret } from '#core';
import { replyWith } from '#tests/support/reply';
import { signedIn } from '#tests/support/signed-in';
import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import { writeAdminLogin, writeUserLogin } from './writes.ts';

const fullUserId = { adminLogin: { fullUserId: true } };
const disclosed = { id_number: new Secret('110101199003091234') };

describe('a user who has logged in', () => {
  it('is answered as in the document, byte by byte', () => {
    const answer = writeUserLogin(signedIn(), replyWith(settings));

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(
      '{"status":200,"token":"token-of-the-session","code":"10000","result":"Login successful","data":{}}',
    );
  });

  it('is answered in Chinese where that is set', () => {
    const answer = writeUserLogin(signedIn(), replyWith(settings, { locale: 'zh' }));

    expect(answer.body).toContain('"result":"登录成功"');
  });
});

describe('an administrator who has logged in', () => {
  it('sees the id number masked', () => {
    const answer = writeAdminLogin(signedIn({}, { disclosed }), replyWith(settings));

    expect(answer.body).toBe(
      '{"status":200,"token":"token-of-the-session","code":"10000","result":"Login successful","data":{"user_id":"110***********1234"}}',
    );
  });

  it('sees the whole id number where the operator wants that', () => {
    const answer = writeAdminLogin(signedIn({}, { disclosed }), replyWith(settings, fullUserId));

    expect(answer.body).toContain('"data":{"user_id":"110101199003091234"}');
  });

  it('sees an empty text without an id number', () => {
    const answer = writeAdminLogin(signedIn(), replyWith(settings));

    expect(answer.body).toContain('"data":{"user_id":""}');
  });
});
