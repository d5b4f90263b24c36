// A password that was forgotten with ShopXO: who may set a new one, and what everybody else learns.
import { aMobile, anEmail, aPassword } from '#tests/support/people';
import { talk, talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faceOf, newSource } from '../laws/faces.ts';
import { aCustomer, type Fields, Shop, told, tokenOf } from './shopxo-shop.ts';

const STRANGER = '-400 登录失效，请重新登录';
const EXPIRED = '-10 验证码已过期';

describe('a forgotten password', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const reset = (accounts: string, verify: string, pwd = aPassword()) =>
    shop.call('forgetpwd', { accounts, verify, pwd });

  it('R-57 R-70 ends every session everywhere, lets nobody in by itself, and takes its code once', async () => {
    const { mobile, username, password } = await shop.somebody();
    const here = await shop.logIn(username, password);
    const there = await talkJson(shop.server.port, '/weidu/api/v1/users/login', { login_id: mobile, password });
    const [verify, next] = [await shop.codeFor('forgetpwd', mobile), aPassword()];

    const done = await reset(mobile, verify, next);
    const again = await reset(mobile, verify);

    const headers = { authorization: `Bearer ${String(there.headers['token'])}` };
    const me = await talk(shop.server.port, { method: 'GET', path: '/weidu/api/v1/users/me', headers });
    const logIn = (pwd: string) => shop.say('login', { accounts: mobile, pwd, type: 'username' });
    expect(done.body).toBe('{"msg":"操作成功","code":0,"data":[]}');
    expect(told(again)).toBe(EXPIRED);
    expect(await shop.say('center', { token: here })).toBe(STRANGER);
    expect(JSON.parse(me.body)).toMatchObject({ code: 1000 });
    expect([await logIn(password), await logIn(next)]).toEqual(['-4 密码错误', '0 登录成功']);
  });

  it('R-71 is not changed without the code, nor with that of somebody else', async () => {
    const [victim, other] = [await shop.somebody(), await shop.somebody()];
    const theirs = await shop.codeFor('forgetpwd', other.mobile);

    const heard = [
      await shop.call('forgetpwd', { accounts: victim.mobile, pwd: aPassword() }),
      await reset(victim.mobile, theirs),
      await reset(victim.username, theirs),
    ];

    const login = { accounts: victim.username, pwd: victim.password, type: 'username' };
    expect(heard.map(told)).toEqual(['-1 验证码不能为空', EXPIRED, '-1 手机/邮箱格式有误']);
    expect(await shop.say('login', login)).toBe('0 登录成功');
  });

  it('R-44 looks at five wrong codes and no more', async () => {
    const { mobile } = await shop.somebody();
    const right = await shop.codeFor('forgetpwd', mobile);

    const heard = [];
    for (const _ of Array(5).keys()) heard.push(told(await reset(mobile, '0000')));
    const late = await reset(mobile, right);

    expect(heard).toEqual(Array.from({ length: 5 }, () => '-11 验证码错误'));
    expect(told(late)).toBe('-100 操作频繁，请1分钟后再试');
    expect(late.headers['retry-after']).toBe('60');
  });

  it('does not use its code up for a password that could be nobody’s', async () => {
    const { mobile } = await shop.somebody();
    const verify = await shop.codeFor('forgetpwd', mobile);

    const heard = [
      await reset(mobile, verify, 'seven77'),
      await reset(mobile, verify, 'password1'),
      await reset(mobile, verify, mobile),
      await reset(mobile, verify, 'x'.repeat(2000)),
      await reset(mobile, verify),
    ];

    expect(heard.map(told)).toEqual([
      '-1 密码格式最少 8 个字符',
      '-1 密码过于简单，请更换密码',
      '-1 密码过于简单，请更换密码',
      '-1 密码格式有误',
      '0 操作成功',
    ]);
  });

  it('tells its owner alone that the account is disabled', async () => {
    const { account, mobile } = await shop.somebody();
    const verify = await shop.codeFor('forgetpwd', mobile);
    await shop.server.setStatus(account, 'disabled');

    const heard = [await reset(mobile, '0000'), await reset(mobile, verify)].map(told);

    expect(heard).toEqual(['-11 验证码错误', '-10 用户被禁止登录']);
  });
});

describe('under the strict policy', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ 'dialects.shopxo.policy': 'strict' });
  });
  afterAll(() => shop.close());

  /** Asks for a code and gives twelve wrong ones, from a source of its own. */
  async function twelve(act: string, fields: Fields): Promise<readonly string[]> {
    const from = newSource();
    const faces = [faceOf(await shop.call(`${act}verifysend`, fields, from))];
    const guess = { ...fields, pwd: aPassword(), verify: '0000' };
    for (const _ of Array(12).keys()) faces.push(faceOf(await shop.call(act, guess, from)));
    return faces;
  }

  it.each([
    ['R-26', 'reg', 'sms'],
    ['R-26', 'reg', 'email'],
    ['R-27', 'forgetpwd', 'sms'],
    ['R-27', 'forgetpwd', 'email'],
  ] as const)('%s tells by no sequence of answers who has an account (%s, %s)', async (_, act, type) => {
    const { mobile, email } = await shop.somebody();
    const somebody = { sms: mobile, email }[type];
    const nobody = { sms: aMobile(), email: anEmail() }[type];

    const [known, unknown] = [
      await twelve(act, { type, accounts: somebody }),
      await twelve(act, { type, accounts: nobody }),
    ];

    expect(known).toEqual(unknown);
    expect(known[0]).toContain('发送成功');
    expect(known[1]).toContain('验证码已过期');
    expect(known[12]).toContain('操作频繁');
  });

  it('still lets the owner set a new password', async () => {
    const { mobile } = await shop.somebody();
    await shop.call('forgetpwdverifysend', { accounts: mobile });
    // Whether a message leaves is decided after the answer.
    await expect.poll(() => shop.mailbox.messages.some(({ to }) => to.endsWith(mobile))).toBe(true);

    const fields = { accounts: mobile, pwd: aPassword(), verify: shop.mailbox.codeFor(mobile) };

    expect(await shop.say('forgetpwd', fields)).toBe('0 操作成功');
  });

  it('shows whoever is signed in their account, and nobody else anything', async () => {
    const token = tokenOf(await shop.call('reg', aCustomer()));

    const heard = [await shop.say('center', { token }), await shop.say('center', {})];

    expect(heard).toEqual(['0 success', STRANGER]);
  });
});
