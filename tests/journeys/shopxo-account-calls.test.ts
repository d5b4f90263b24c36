// What holds for all of ShopXO's calls about an account, whatever they are asked.
import { aMobile, aPassword } from '#tests/support/people';
import { talk, talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aCustomer, type Fields, Shop, told, tokenOf } from './shopxo-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const STRANGER = '-400 登录失效，请重新登录';

const countAccounts = () => shop.server.house.stores.accounts.count(1_000_000);

/** Every call about an account, and fields that would do. */
const CALLS: readonly (readonly [act: string, fields: () => Fields])[] = [
  ['reg', aCustomer],
  ['reg', () => ({ accounts: aMobile(), pwd: aPassword(), type: 'sms', verify: '1234' })],
  ['forgetpwd', () => ({ accounts: aMobile(), pwd: aPassword(), verify: '1234' })],
  ['center', () => ({ token: 'f'.repeat(32) })],
  ['tokenuserinfo', () => ({ token: 'f'.repeat(32) })],
  ['logout', () => ({ token: 'f'.repeat(32) })],
];
const EACH_FIELD = CALLS.flatMap(([act, fields]) => Object.keys(fields()).map((name) => [act, name, fields] as const));

describe('a call about an account', () => {
  it.each(EACH_FIELD)('R-77 %s takes nothing but a text for %s', async (act, name, fields) => {
    const before = await countAccounts();

    const heard = [];
    for (const value of [0.5, true, null, ['x'], { x: 'x' }, [], {}, [['x']]])
      heard.push(await shop.say(act, { ...fields(), [name]: value }));

    expect(heard.filter((answer) => !/^-(?:1|400) /.test(answer))).toEqual([]);
    expect(await countAccounts()).toBe(before);
  });

  it.each(CALLS)('R-78 %s refuses a key that comes twice', async (act, fields) => {
    const before = await countAccounts();
    const [name] = Object.keys(fields());
    const body = `{"${name}":"x",${JSON.stringify(fields()).slice(1)}`;

    const heard = await talk(shop.server.port, { path: `/user/${act}`, body });

    expect(told(heard)).toMatch(/^-1 /);
    expect(await countAccounts()).toBe(before);
  });

  it.each(CALLS)('R-79 %s is not fooled by the names of prototypes', async (act, fields) => {
    const body = JSON.stringify({ ...fields(), constructor: { prototype: { roles: ['operator'] } } });
    const poisoned = body.replace('{', '{"__proto__":{"roles":["operator"]},');

    await talk(shop.server.port, { path: `/user/${act}`, body: poisoned });

    expect(({} as Fields)['roles']).toBeUndefined();
  });

  it('R-59 takes no token of another dialect', async () => {
    const { mobile, password } = await shop.somebody();
    const heard = await talkJson(shop.server.port, '/weidu/api/v1/users/login', { login_id: mobile, password });
    const token = String(heard.headers['token']);

    const elsewhere = await talk(shop.server.port, { path: `/api.php?s=order/index&token=${token}` });

    expect(await shop.say('center', { token })).toBe(STRANGER);
    expect(told(elsewhere)).toBe(STRANGER);
  });

  it('R-57 ends one session where it signs out, and leaves the others', async () => {
    const { username, password } = await shop.somebody();
    const [first, second] = [await shop.logIn(username, password), await shop.logIn(username, password)];

    const out = [await shop.say('logout', { token: first }), await shop.say('logout', { token: first })];

    expect(out).toEqual(['0 退出成功', STRANGER]);
    expect(await shop.say('center', { token: first })).toBe(STRANGER);
    expect(await shop.say('center', { token: second })).toBe('0 success');
  });

  it('is told so while the operator has closed it', async () => {
    const acts = ['reg', 'forgetpwd', 'center', 'tokenuserinfo', 'logout', 'appmobilebind'];
    const endpoints = ['reg', 'forgetpwd', 'center', 'token-userinfo', 'logout', 'left-out'];
    for (const name of endpoints) await shop.server.switchEndpoint(`shopxo.${name}`, false);

    const heard = await Promise.all(acts.map((act) => shop.say(act, {})));
    for (const name of endpoints) await shop.server.switchEndpoint(`shopxo.${name}`, true);

    expect(heard).toEqual(['-1 暂时关闭用户注册', ...Array.from({ length: 5 }, () => '-1 暂时关闭登录')]);
  });

  it('has one answer when the store fails', async () => {
    const broken = await Shop.open();
    const token = tokenOf(await broken.call('reg', aCustomer()));
    const { accounts, allowances, sessions } = broken.server.house.stores;
    const fails = () => Promise.reject(new Error('the disk is gone'));
    Object.assign(accounts, { get: fails, find: fails });
    Object.assign(allowances, { spend: fails });
    Object.assign(sessions, { revoke: fails });

    const heard = [
      await broken.call('reg', aCustomer()),
      await broken.call('forgetpwd', { accounts: aMobile(), pwd: aPassword(), verify: '1234' }),
      await broken.call('center', { token }),
      await broken.call('logout', { token }),
    ];
    await broken.close();

    const fault = '200 {"msg":"登录失效，请重新登录","code":-100,"data":[]}';
    expect(heard.map(({ status, body }) => `${status} ${body}`)).toEqual([fault, fault, fault, fault]);
  });
});
