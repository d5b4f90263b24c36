// Registering with ShopXO, as people do who make mistakes, and people who mean no good.
import { aMobile, anEmail, aPassword } from '#tests/support/people';
import { talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faceOf } from '../laws/faces.ts';
import { aCustomer, type Fields, Shop, told, tokenOf } from './shopxo-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const WELCOME = '0 注册成功';
const EXPIRED = '-10 验证码已过期';

const accountOf = async ({ server }: Shop, name: string) =>
  (await server.house.stores.accounts.find('main', [{ kind: 'username', key: name }]))?.account;

describe('registering', () => {
  it('R-74 lets one of fifty have a name', async () => {
    const { accounts } = aCustomer();
    const crowd = Array.from({ length: 50 }, () => ({ ...aCustomer(), accounts }));

    const heard = await Promise.all(crowd.map((fields) => shop.say('reg', fields)));

    const late = Array.from({ length: 49 }, () => `-3 用户已存在[${accounts}]`);
    expect(heard.toSorted()).toEqual([...late, WELCOME].toSorted());
  });

  it('R-74 gives nobody a name that is somebody’s number', async () => {
    const { mobile } = await shop.somebody();

    expect(await shop.say('reg', { ...aCustomer(), accounts: mobile })).toBe(`-3 用户已存在[${mobile}]`);
  });

  it('R-74 keeps a name that looks like a number to this dialect', async () => {
    const [accounts, pwd] = [aMobile(), aPassword()];
    await shop.call('reg', { accounts, pwd, type: 'username' });

    const here = await shop.say('login', { accounts, pwd, type: 'username' });
    const elsewhere = await talkJson(shop.server.port, '/weidu/api/v1/users/login', {
      login_id: accounts,
      password: pwd,
    });

    expect(here).toBe('0 登录成功');
    expect(elsewhere.body).toBe('{"code":40013,"result":"密码错误"}');
  });

  it('R-75 gives nothing to whoever says more of themselves than was asked', async () => {
    const more = {
      id: 1,
      status: 0,
      integral: 1_000_000,
      roles: ['operator'],
      mobile: aMobile(),
      email: anEmail(),
      is_admin: 1,
      attributes: { shopxo: { integral: 1_000_000 } },
      token: 'f'.repeat(32),
    };
    const customer = aCustomer();

    const heard = await shop.call('reg', { ...customer, ...more });

    const account = await accountOf(shop, customer.accounts);
    expect(told(heard)).toBe(WELCOME);
    expect(tokenOf(heard)).not.toBe(more.token);
    expect(account).toMatchObject({ roles: [], status: 'active', attributes: {}, profile: {} });
    expect(account?.identifiers.map(({ kind }) => kind)).toEqual(['username']);
  });

  it('proves the number it was proven with, so that it counts everywhere from the start', async () => {
    const [accounts, pwd] = [aMobile(), aPassword()];

    const heard = await shop.say('reg', { accounts, pwd, type: 'sms', verify: await shop.codeFor('reg', accounts) });

    const signIn = { login_id: accounts, password: pwd };
    const elsewhere = await talkJson(shop.server.port, '/weidu/api/v1/users/login', signIn);
    expect(heard).toBe(WELCOME);
    expect(elsewhere.body).toContain('"code":200');
  });

  it('R-45 takes no code that was sent for something else, or to somebody else', async () => {
    const [{ mobile }, mine, other] = [await shop.somebody(), aMobile(), aMobile()];
    const [forLogin, forMine] = [await shop.codeFor('login', mobile), await shop.codeFor('reg', mine)];
    const reg = (accounts: string, verify: string) =>
      shop.say('reg', { accounts, verify, pwd: aPassword(), type: 'sms' });
    const reset = (accounts: string, verify: string) => shop.say('forgetpwd', { accounts, verify, pwd: aPassword() });

    const heard = [await reg(other, forMine), await reset(mobile, forLogin), await reset(mine, forMine)];

    expect(heard).toEqual([EXPIRED, EXPIRED, '-3 手机号码不存在']);
    expect(await reg(mine, forMine)).toBe(WELCOME);
  });

  it('R-26 is as dear for asking who has a name as for having one, and says when to come back', async () => {
    const narrow = await Shop.open({ 'registration.source.perHour': 3 });
    const { username: accounts } = await narrow.somebody();
    const reg = (fields: Fields) => narrow.call('reg', { ...aCustomer(), ...fields });

    const heard = [await reg({}), await reg({ accounts }), await reg({ accounts })];
    const late = [await reg({ accounts }), await reg({})];
    await narrow.close();

    expect(heard.map(told)).toEqual([WELCOME, `-3 用户已存在[${accounts}]`, `-3 用户已存在[${accounts}]`]);
    expect(late.map(told)).toEqual(['-100 操作频繁，请60分钟后再试', '-100 操作频繁，请60分钟后再试']);
    expect(late.map(({ headers }) => headers['retry-after'])).toEqual(['3600', '3600']);
  });
});

describe('registering where every form has a picture', () => {
  const PICTURED = { 'dialects.shopxo.captcha': 'always', 'registration.source.perHour': 4 };

  it('R-40 takes one registration for one picture, and none for that of another form', async () => {
    const pictured = await Shop.open(PICTURED);
    const reg = (verify: string) => pictured.say('reg', { ...aCustomer(), verify });

    const elsewhere = await reg(await pictured.picture('user_login'));
    const letters = await pictured.picture('user_reg');
    const heard = [await reg('1111'), await reg(letters.toLowerCase()), await reg(letters)];
    await pictured.close();

    expect(elsewhere).toBe('-11 验证码已过期');
    expect(heard).toEqual(['-12 验证码错误', WELCOME, '-11 验证码已过期']);
  });

  it('R-26 charges whoever asks for names without reading the picture', async () => {
    const pictured = await Shop.open(PICTURED);
    const { username: accounts } = await pictured.somebody();
    const reg = (fields: Fields) => pictured.say('reg', { ...aCustomer(), ...fields });

    const heard = [await reg({ accounts }), await reg({}), await reg({ accounts }), await reg({}), await reg({})];
    await pictured.close();

    expect(heard).toEqual([
      `-3 用户已存在[${accounts}]`,
      '-10 图片验证码为空',
      `-3 用户已存在[${accounts}]`,
      '-10 图片验证码为空',
      '-100 操作频繁，请60分钟后再试',
    ]);
  });

  it('R-26 tells nobody who has a name before the picture was read, under the strict policy', async () => {
    const strict = await Shop.open({ ...PICTURED, 'dialects.shopxo.policy': 'strict' });
    const { username: accounts } = await strict.somebody();
    const reg = (fields: Fields) => strict.call('reg', { ...aCustomer(), ...fields });

    const [known, unknown] = [await reg({ accounts }), await reg({})];
    const read = await reg({ accounts, verify: await strict.picture('user_reg') });
    await strict.close();

    expect(faceOf(known)).toBe(faceOf(unknown));
    expect(told(known)).toBe('-10 图片验证码为空');
    expect(told(read)).toBe(`-3 用户已存在[${accounts}]`);
  });
});

describe('registering where the operator lets people in', () => {
  it('signs nobody in before, and whoever was let in after', async () => {
    const guarded = await Shop.open({ 'dialects.shopxo.registerNeedsApproval': true });
    const customer = aCustomer();

    const registered = await guarded.call('reg', customer);
    const early = await guarded.say('login', customer);
    const account = await accountOf(guarded, customer.accounts);
    if (account !== undefined) await guarded.server.setStatus(account, 'active');
    const late = await guarded.say('login', customer);
    await guarded.close();

    expect(registered.body).toBe('{"msg":"用户等待审核中","code":-110,"data":[]}');
    expect(account).toMatchObject({ status: 'pending', lastSignInAt: null });
    expect([early, late]).toEqual(['-10 用户等待审核中', '0 登录成功']);
  });
});
