// The published uni-app client of ShopXO: what it reads from our answers to draw its forms, to sign in, and to notice that it has to again.
import { aPassword, aUsername } from '#tests/support/people';
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Shop } from './shopxo-shop.ts';

/** Whatever a JSON text says. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

// What the client reads, member by member. It has a default of its own for everything else.

/** Of base/common: its start waits for `status`, its forms are drawn from the rest. */
const FORM_KEYS = [
  'code',
  'data.status',
  'data.config.common_img_verify_state',
  'data.config.common_user_onekey_bind_mobile_list',
  'data.config.common_user_verify_bind_mobile_list',
  'data.config.home_user_login_img_verify_state',
  'data.config.home_user_login_type',
  'data.config.home_user_reg_type',
  'data.config.home_user_register_img_verify_state',
] as const;

/** Of the answers to user/login and user/reg: `data` is kept whole, and this is what is read of it later. */
const PERSON_KEYS = [
  'code',
  'msg',
  'data.id',
  'data.token',
  'data.mobile',
  'data.is_mandatory_bind_mobile',
  'data.weixin_web_openid',
] as const;

/** Of user/center, for a person's own page; the cart is read by the current generation of the client alone. */
const PAGE_KEYS = ['code', 'data.avatar', 'data.integral', 'data.user_name_view'] as const;
const CART_KEY = 'data.cart_total.buy_number';

/** Of whatever is refused. */
const REFUSAL_KEYS = ['code', 'msg'] as const;

function read(answer: Json, path: string): Json {
  return path.split('.').reduce((value: Json, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) throw new Error(`no ${path}`);
    return (value as { readonly [name: string]: Json })[name] as Json;
  }, answer);
}

/** What is drawn of a text. */
function textIn(answer: Json, path: string): string {
  const value = read(answer, path);
  if (typeof value !== 'string') throw new Error(`${path} is no text`);
  return value;
}

const readAll = (answer: Json, keys: readonly string[]): Readonly<Record<string, Json>> =>
  Object.fromEntries(keys.map((key) => [key, read(answer, key)]));

/** The client, as far as it is about signing in. */
class UniApp {
  readonly #shop: Shop;
  /** What it keeps of the person who signed in. */
  person: Json = null;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async request(action: string, controller: string, data: object = {}): Promise<Json> {
    const headers = { 'content-type': 'application/json' };
    const heard = await talk(this.#shop.server.port, {
      path: this.#url(action, controller),
      headers,
      body: JSON.stringify(data),
    });
    return JSON.parse(heard.body) as Json;
  }

  /** The type of what it shows where the picture belongs. */
  async picture(type: string): Promise<string | undefined> {
    const path = `${this.#url('userverifyentry', 'user')}&type=${type}&t=1781496000`;
    return (await talk(this.#shop.server.port, { method: 'GET', path })).headers['content-type'];
  }

  keep(answer: Json): void {
    this.person = read(answer, 'data');
  }

  /** What it does about an answer other than 0. */
  react(answer: Json): string {
    if (read(answer, 'code') !== -400) return `shows ${textIn(answer, 'msg')}`;
    this.person = null;
    return 'asks to sign in';
  }

  #url(action: string, controller: string): string {
    const token = this.person === null ? '' : textIn(this.person, 'token');
    const common = `application_client_type=h5&application_client_brand=&token=${token}&uuid=u-9&lang=zh&theme=red`;
    return `/api.php?s=${controller}/${action}&system_type=default&application=app&${common}&ajax=ajax`;
  }
}

describe.each(['v2', 'v6'] as const)('the published client of generation %s', (profile) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({
      'dialects.shopxo.profile': profile,
      'dialects.shopxo.captcha': 'afterFailures',
      'dialects.shopxo.loginTypes': ['username', 'email'],
      'dialects.shopxo.registerTypes': ['username'],
    });
  });
  afterAll(() => shop.close());

  it('draws its forms', async () => {
    const answer = await new UniApp(shop).request('common', 'base', { is_key: 1 });

    expect(readAll(answer, FORM_KEYS)).toEqual({
      code: 0,
      'data.status': 1,
      'data.config.common_img_verify_state': 0,
      'data.config.common_user_onekey_bind_mobile_list': [],
      'data.config.common_user_verify_bind_mobile_list': [],
      'data.config.home_user_login_img_verify_state': 0,
      'data.config.home_user_login_type': ['username', 'email'],
      'data.config.home_user_reg_type': ['username'],
      'data.config.home_user_register_img_verify_state': 0,
    });
  });

  it('registers, keeps who it is, signs in again, and shows the page of its person', async () => {
    const app = new UniApp(shop);
    const [accounts, pwd] = [aUsername(), aPassword()];
    // It sends along what it does not know of the person: nothing.
    const form = { accounts, pwd, type: 'username', verify: '', nickname: null, avatar: null, gender: null };

    const registered = await app.request('reg', 'user', form);
    app.keep(registered);
    const signedIn = await app.request('login', 'user', form);
    app.keep(signedIn);
    const page = await app.request('center', 'user');

    const person = {
      'data.id': read(registered, 'data.id'),
      'data.mobile': '',
      'data.is_mandatory_bind_mobile': 0,
      'data.weixin_web_openid': '',
    };
    const [first, second] = [read(registered, 'data.token'), read(signedIn, 'data.token')];
    expect(readAll(registered, PERSON_KEYS)).toEqual({ code: 0, msg: '注册成功', 'data.token': first, ...person });
    expect(readAll(signedIn, PERSON_KEYS)).toEqual({ code: 0, msg: '登录成功', 'data.token': second, ...person });
    expect(readAll(page, PAGE_KEYS)).toEqual({
      code: 0,
      'data.avatar': `${shop.server.url}/assets/default-avatar.png`,
      'data.integral': profile === 'v2' ? '0' : 0,
      'data.user_name_view': accounts,
    });
  });

  it('is told by -400, and by nothing else, to ask its person to sign in', async () => {
    const app = new UniApp(shop);
    const customer = { accounts: aUsername(), pwd: aPassword(), type: 'username' };
    app.keep(await app.request('reg', 'user', customer));

    const wrong = app.react(await app.request('login', 'user', { ...customer, pwd: aPassword() }));
    const elsewhere = app.react(await app.request('index', 'useraddress'));
    const kept = app.person;
    await app.request('logout', 'user');
    const late = app.react(await app.request('index', 'useraddress'));

    expect([wrong, elsewhere, late]).toEqual(['shows 密码错误', 'shows 非法访问(index)', 'asks to sign in']);
    expect(kept).not.toBeNull();
    expect(app.person).toBeNull();
  });

  it('draws the field for a picture once one is due, and a picture in it', async () => {
    const app = new UniApp(shop);
    const states = [
      'home_user_login_img_verify_state',
      'home_user_register_img_verify_state',
      'common_img_verify_state',
    ];
    const wrong = { accounts: aUsername(), pwd: aPassword(), type: 'username' };

    for (const _ of Array(3).keys()) await app.request('login', 'user', wrong);
    const answer = await app.request('common', 'base', { is_key: 1 });

    expect(states.map((name) => read(answer, `data.config.${name}`))).toEqual([1, 1, 1]);
    expect([await app.picture('user_login'), await app.picture('user_reg')]).toEqual(['image/png', 'image/png']);
  });
});

describe('the current client', () => {
  it('finds the number of things in the cart beside its person', async () => {
    const shop = await Shop.open({ 'dialects.shopxo.profile': 'v6' });
    const app = new UniApp(shop);
    app.keep(await app.request('reg', 'user', { accounts: aUsername(), pwd: aPassword(), type: 'username' }));

    const page = await app.request('center', 'user');
    await shop.close();

    expect(read(page, CART_KEY)).toBe(0);
  });

  it('is told by -10000 why the shop is closed, and asks no further', async () => {
    const shop = await Shop.open({ 'dialects.shopxo.closedReason': '盘点中' });
    const app = new UniApp(shop);

    const answer = await app.request('common', 'base', { is_key: 1 });
    await shop.close();

    expect(readAll(answer, REFUSAL_KEYS)).toEqual({ code: -10000, msg: '盘点中' });
  });
});
