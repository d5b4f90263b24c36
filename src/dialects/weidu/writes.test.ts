// What weidu answers to a login that succeeded.
import { type Account, Secret } from '#core';
import { replyWith, settingsOf } from '#tests/support/reply';
import { shown, SIGNED_IN_AT, signedIn } from '#tests/support/signed-in';
import { PUBLIC_URL } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import { writeLogin, writeDone, writeVerification } from './writes.ts';

const TOKEN = '3r6ebp6gabf6unbee35eu8u6bo';
const CSRF = '8q7tskhertbqfb74znhhzanpra';
const ENDS_AT = Date.UTC(2025, 6, 12, 9, 16, 31);

const outcome = (account: Partial<Account> = {}) =>
  signedIn(account, {
    session: { id: 's', token: new Secret(TOKEN), csrf: new Secret(CSRF), issuedAt: SIGNED_IN_AT, expiresAt: ENDS_AT },
  });

const infoOf = (account: Partial<Account>) =>
  (JSON.parse(writeLogin(outcome(account), replyWith(settings)).body) as { user_info: Record<string, unknown> })
    .user_info;

describe('a person who has logged in', () => {
  it('is answered with the keys of the document in its order and types, byte by byte', () => {
    const account = { identifiers: [shown('mobile', '+8613800138000')] };

    const answer = writeLogin(outcome(account), replyWith(settings));

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(
      '{"code":200,"result":"ok","user_info":{"id":"abcdefghijklmnopqrstuvwxyz","create_at":1739072903000,"update_at":1739072903000,' +
        '"username":"3284507937311031297","mobile":"******","real_name_verified":false,"nickname":"","avatar_url":"","city":"","province":"",' +
        '"country":"","gender":0,"roles":"general_user","desc":"","major":"","level":"","refund_rate":0,"dispute_rate":0,"serve_num":0,' +
        '"work_num":0,"last_password_update":0}}',
    );
  });

  it('sees the profile and the fields of this dialect', () => {
    const info = infoOf({
      identifiers: [shown('username', 'Somebody')],
      roles: ['general_user', 'seller'],
      profile: {
        nickname: '昵称',
        gender: 'female',
        city: '深圳',
        province: '广东',
        country: '中国',
        avatar: '/a/1.png',
      },
      attributes: {
        weidu: { level: '3', refund_rate: 0.5, work_num: 12, serve_num: 'many', real_name_verified: true },
      },
      passwordChangedAt: 1_601_963_204_584,
    });

    expect(info).toMatchObject({
      username: 'Somebody',
      mobile: '',
      roles: 'general_user seller',
      nickname: '昵称',
      gender: 2,
    });
    expect(info).toMatchObject({
      city: '深圳',
      province: '广东',
      country: '中国',
      avatar_url: `${PUBLIC_URL}/a/1.png`,
    });
    expect(info).toMatchObject({ level: '3', refund_rate: 0.5, work_num: 12, serve_num: 0, real_name_verified: true });
    expect(info['last_password_update']).toBe(1_601_963_204_584);
  });

  it.each([['https://cdn.example.org/1.png'], ['//cdn.example.org/1.png']])(
    'keeps the avatar %s as it is',
    (avatar) => {
      expect(infoOf({ profile: { avatar } })).toMatchObject({ avatar_url: avatar });
    },
  );

  it('tells different nameless accounts apart by numbers of 19 digits', () => {
    const one = infoOf({ id: '0196a3c4-5b00-7000-8000-000000000001' })['username'];
    const other = infoOf({ id: '0196a3c4-5b00-7000-8000-000000000002' })['username'];

    expect(one).toMatch(/^[1-9]\d{18}$/);
    expect(other).not.toBe(one);
  });
});

describe('the session of a person who has logged in', () => {
  it('travels in a header and in three cookies', () => {
    const answer = writeLogin(outcome(), replyWith(settings));

    expect(answer.headers).toEqual({
      token: TOKEN,
      'set-cookie': [
        `weichuangAUTHTOKEN=${TOKEN}; Path=/; Expires=Sat, 12 Jul 2025 09:16:31 GMT; HttpOnly; SameSite=Lax`,
        'weichuangUSERID=abcdefghijklmnopqrstuvwxyz; Path=/; Expires=Sat, 12 Jul 2025 09:16:31 GMT; SameSite=Lax',
        `weichuangCSRF=${CSRF}; Path=/; Expires=Sat, 12 Jul 2025 09:16:31 GMT; SameSite=Lax`,
      ],
    });
  });

  it('R-64 keeps to https when it came by https, and to the domain that is configured', () => {
    const reply = replyWith(settings);
    const configured = settingsOf(settings, { cookiePrefix: 'MM', cookieDomain: 'example.org' });
    const request = Object.assign(reply.request, { isSecure: true });

    const cookies = writeLogin(outcome(), { ...reply, settings: configured, request }).headers?.['set-cookie'];

    expect(cookies?.[0]).toBe(
      `MMAUTHTOKEN=${TOKEN}; Path=/; Domain=example.org; Expires=Sat, 12 Jul 2025 09:16:31 GMT; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(cookies?.[2]).toBe(
      `MMCSRF=${CSRF}; Path=/; Domain=example.org; Expires=Sat, 12 Jul 2025 09:16:31 GMT; Secure; SameSite=Lax`,
    );
  });

  it.each([[{ origin: 'https://evil.example' }], [{ 'sec-fetch-site': 'cross-site' }]])(
    'R-62 sets no cookie for a page of a foreign site (%j)',
    (headers) => {
      const reply = replyWith(settings, {}, { on: 'POST /weidu/api/v1/users/login', headers });

      const answer = writeLogin(outcome(), reply);

      expect(answer.headers).toEqual({ token: TOKEN });
    },
  );
});

describe('what surrounds a login with a code', () => {
  it('is answered with nothing but that all is well', () => {
    expect(writeDone()).toEqual({ status: 200, headers: {}, body: '{"code":200,"result":"ok"}' });
  });

  it('holds the token of a captcha that was solved', () => {
    const answer = writeVerification({ token: new Secret(TOKEN), lifeSeconds: 300 });

    expect(answer.body).toBe(`{"code":200,"result":"ok","captcha_token":"${TOKEN}"}`);
  });
});
