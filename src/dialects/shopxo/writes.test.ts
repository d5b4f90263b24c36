// What ShopXO answers when all is well.
import { type Account, Secret } from '#core';
import { replyWith, settingsOf } from '#tests/support/reply';
import { shown, SIGNED_IN_AT, signedIn } from '#tests/support/signed-in';
import { PUBLIC_URL, wireRequest } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import {
  writeAccount,
  writeBaseCommon,
  writeCenter,
  writeLogin,
  writeLogout,
  writeRegistration,
  writeReset,
} from './writes.ts';

const TOKEN = '6c3d302754fe2d850b14a6775953135b';

const outcomeOf = (account: Partial<Account>) =>
  signedIn(account, {
    session: { id: 's', token: new Secret(TOKEN), issuedAt: SIGNED_IN_AT, expiresAt: SIGNED_IN_AT + 7_776_000_000 },
  });

function replyTo(url: string, given: object = {}) {
  return { ...replyWith(settings), settings: settingsOf(settings, given), request: wireRequest({ on: `POST ${url}` }) };
}

const answerOf = (account: Partial<Account>, given: object = {}, url = '/user/login') =>
  writeLogin(outcomeOf(account), replyTo(url, given)).body;

const dataOf = (account: Partial<Account>, given: object = {}, url = '/user/login') =>
  (JSON.parse(answerOf(account, given, url)) as { data: Record<string, unknown> }).data;

const BARE = {
  number: 328,
  identifiers: [shown('username', 'qqqqqq')],
  createdAt: 1_795_225_485_000,
  updatedAt: 1_795_225_486_900,
};
const RICH: Partial<Account> = {
  ...BARE,
  identifiers: [shown('username', 'qqqqqq'), shown('mobile', '+8613222222368'), shown('email', 'xxxfoo@example.com')],
  profile: {
    nickname: '昵称<b>',
    gender: 'female',
    avatar: 'https://cdn.example.org/a.png',
    province: '广东',
    city: '深圳',
    county: '南山',
    address: '科技园',
    birthday: '1990-01-01',
  },
  attributes: {
    shopxo: { integral: 4380, referrer: 3, weixin_openid: 'oB6US5', number_code: '88882543113111', qq_openid: 7 },
  },
};

describe('a person who has logged in to the documented generation', () => {
  it('is answered with the keys of the document in its order and types, byte by byte', () => {
    expect(answerOf(BARE)).toBe(
      '{"msg":"登录成功","code":0,"data":{"id":"328","alipay_openid":"","weixin_openid":"","weixin_unionid":"","weixin_web_openid":"",' +
        '"baidu_openid":"","toutiao_openid":"","qq_openid":"","qq_unionid":"","status":"0","token":"6c3d302754fe2d850b14a6775953135b",' +
        '"username":"qqqqqq","nickname":"","mobile":"","email":"","gender":"0",' +
        `"avatar":"${PUBLIC_URL}/assets/default-avatar.png","province":"","city":"","birthday":"0","address":"",` +
        '"integral":"0","locking_integral":"0","referrer":"0","plugins_distribution_level":"0","plugins_user_level":"0",' +
        '"is_delete_time":"0","add_time":"1795225485","upd_time":"1795225486","add_time_text":"2026-11-21 09:44:45",' +
        '"upd_time_text":"2026-11-21 09:44:46","gender_text":"保密","birthday_text":"","mobile_security":"","email_security":"",' +
        '"user_name_view":"qqqqqq","is_mandatory_bind_mobile":0}}',
    );
  });

  it('sees the profile, masked where the original masks', () => {
    const data = dataOf(RICH);

    expect(data).toMatchObject({ mobile: '13222222368', mobile_security: '132***368', email_security: 'xxx***com' });
    expect(data).toMatchObject({ birthday: '631123200', birthday_text: '1990-01-01', gender: '1', gender_text: '女' });
    expect(data).toMatchObject({ integral: '4380', referrer: '3', weixin_openid: 'oB6US5', qq_openid: '' });
    expect(data).toMatchObject({
      nickname: '昵称<b>',
      user_name_view: 'qqqqqq',
      avatar: 'https://cdn.example.org/a.png',
    });
  });

  it.each([
    [[], { nickname: 'nick' }, 'nick'],
    [[shown('mobile', '+8613222222368')], {}, '132***368'],
    [[shown('email', 'xxxfoo@example.com')], {}, 'xxx***com'],
    [[], {}, ''],
  ])('is shown under the best name there is', (identifiers, profile, name) => {
    expect(dataOf({ identifiers, profile })['user_name_view']).toBe(name);
  });

  it.each([
    ['active', '0'],
    ['muted', '1'],
  ] as const)('has the status of the original (%s)', (status, number) => {
    expect(dataOf({ status })['status']).toBe(number);
  });

  it('has no birthday when the stored one is none', () => {
    expect(dataOf({ profile: { birthday: '1990-13-45' } })).toMatchObject({ birthday: '0', birthday_text: '' });
  });

  it('keeps the country of a number from abroad', () => {
    expect(dataOf({ identifiers: [shown('mobile', '+15551234567')] })['mobile']).toBe('+15551234567');
  });
});

describe('a person who has logged in to the current generation', () => {
  const V6 = { profile: 'v6' };
  const URL = '/api.php?s=user/login&application_client_type=h5&system_type=default';

  it('is answered with the recorded keys in their order and types, byte by byte', () => {
    expect(answerOf(RICH, V6, URL)).toBe(
      '{"msg":"登录成功","code":0,"data":{"id":328,"number_code":"88882543113111","status":0,"username":"qqqqqq","nickname":"昵称<b>",' +
        '"mobile":"13222222368","email":"xxxfoo@example.com","gender":1,"avatar":"https://cdn.example.org/a.png","province":"广东","city":"深圳",' +
        '"county":"南山","birthday":"1990-01-01","address":"科技园","integral":4380,"locking_integral":0,"referrer":3,"is_delete_time":0,' +
        '"is_logout_time":0,"add_time":1795225485,"upd_time":1795225486,"system_type":"default","platform":"h5",' +
        '"token":"6c3d302754fe2d850b14a6775953135b","alipay_openid":"","weixin_openid":"oB6US5","weixin_unionid":"","weixin_web_openid":"",' +
        '"baidu_openid":"","toutiao_openid":"","toutiao_unionid":"","qq_openid":"","qq_unionid":"","kuaishou_openid":"",' +
        '"add_time_text":"2026-11-21 09:44:45","upd_time_text":"2026-11-21 09:44:46","gender_text":"女","mobile_security":"132***368",' +
        '"email_security":"xxx***com","address_info":"广东深圳南山科技园","user_name_view":"昵称<b>","is_setup_pwd":1,"is_mandatory_bind_mobile":0}}',
    );
  });

  it('hears English when the client asks for it, and Chinese otherwise', () => {
    const english = answerOf(BARE, V6, `${URL}&lang=en`);
    const other = answerOf(BARE, V6, `${URL}&lang=fr`);

    expect(english).toContain('"msg":"Login Succeeded"');
    expect(english).toContain('"gender_text":"secrecy"');
    expect(other).toContain('"msg":"登录成功"');
  });

  it('has a membership number of its own, always the same', () => {
    const one = dataOf(BARE, V6)['number_code'];
    const again = dataOf({ ...BARE, profile: { nickname: 'x' } }, V6)['number_code'];

    expect(one).toMatch(/^8888\d{10}$/);
    expect(again).toBe(one);
  });
});

describe('a person who is signed in already', () => {
  const account = outcomeOf(RICH).account;

  it.each([
    ['the query', { on: `POST /user/center?token=${TOKEN}` }],
    ['the body', { on: 'POST /user/center', body: { token: TOKEN } }],
    ['the body, whatever the query says', { on: 'POST /user/center?token=other', body: { token: TOKEN } }],
    ['the header', { on: 'POST /user/center', headers: { authorization: `Bearer ${TOKEN}` } }],
    [
      'the header, while the parameter is empty',
      { on: 'POST /user/center?token=', headers: { authorization: `Bearer ${TOKEN}` } },
    ],
  ])('is answered as at the login, with the token of %s', (_, spelling) => {
    const reply = { ...replyTo('/user/center'), request: wireRequest(spelling) };

    const described = writeAccount({ account, disclosed: {} }, reply).body;

    expect(described).toBe(answerOf(RICH).replace('登录成功', 'success'));
  });

  it('sees an empty cart on their own page in the current generation', () => {
    const [v2, v6] = [{}, { profile: 'v6' }].map((given) => {
      const url = `/user/center?token=${TOKEN}`;
      return (JSON.parse(writeCenter({ account, disclosed: {} }, replyTo(url, given)).body) as { data: object }).data;
    });

    expect(v2).toEqual(dataOf(RICH));
    expect(v6).toEqual({ ...dataOf(RICH, { profile: 'v6' }), cart_total: { buy_number: 0 } });
  });

  it('is answered as at the login after registering', () => {
    const registered = writeRegistration(outcomeOf(RICH), replyTo('/user/reg')).body;

    expect(registered).toBe(answerOf(RICH).replace('登录成功', '注册成功'));
  });

  it('is told in the words of either generation that it is done', () => {
    const done = [{}, { profile: 'v6' }].map((given) => [
      writeReset({ at: 0 }, replyTo('/user/forgetpwd?lang=zh', given)).body,
      writeLogout({ at: 0 }, replyTo('/user/logout?lang=en', given)).body,
    ]);

    expect(done).toEqual([
      ['{"msg":"操作成功","code":0,"data":[]}', '{"msg":"退出成功","code":0,"data":[]}'],
      ['{"msg":"操作成功","code":0,"data":""}', '{"msg":"Quit Succeeded","code":0,"data":""}'],
    ]);
  });
});

describe('a client that asks what its sign-in form needs', () => {
  it('is told which ways in are open', () => {
    const answer = writeBaseCommon(
      { isChallengeDue: false },
      replyTo('/base/common', { loginTypes: ['username'], registerTypes: ['email'] }),
    );

    expect(answer.body).toBe(
      '{"msg":"success","code":0,"data":{"status":1,"config":{"common_img_verify_state":0,"home_user_login_type":["username"],' +
        '"home_user_login_img_verify_state":0,"home_user_reg_type":["email"],"home_user_register_img_verify_state":0,' +
        '"common_user_verify_bind_mobile_list":[],"common_user_onekey_bind_mobile_list":[]}}}',
    );
  });

  it('is told to draw the picture field while a challenge is due', () => {
    const answer = writeBaseCommon({ isChallengeDue: true }, replyTo('/base/common'));

    expect(answer.body).toContain('"home_user_login_img_verify_state":1');
  });
});
