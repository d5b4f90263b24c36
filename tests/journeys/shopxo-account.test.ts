// A customer's life with ShopXO, from the first form to signing out, in both generations, told whole answer by whole answer.
import { Mailbox } from '#tests/support/mailbox';
import { aMobile, aPassword } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import type { NotedRandomness } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Profile = 'v2' | 'v6';

/** What an answer about the customer tells, besides what everybody is told. */
interface Customer {
  readonly id: number;
  readonly token: string;
  readonly mobile: string;
  /** Made up by the server from the account. */
  readonly numberCode: string;
  readonly joinedAt: number;
}

const seconds = (at: number): number => Math.floor(at / 1000);
const inShanghai = (at: number): string => new Date(at + 28_800_000).toISOString().slice(0, 19).replace('T', ' ');
const masked = (mobile: string): string => `${mobile.slice(0, 3)}***${mobile.slice(-3)}`;

const payloadV2 = ({ id, token, mobile, joinedAt }: Customer, url: string) => ({
  id: String(id),
  alipay_openid: '',
  weixin_openid: '',
  weixin_unionid: '',
  weixin_web_openid: '',
  baidu_openid: '',
  toutiao_openid: '',
  qq_openid: '',
  qq_unionid: '',
  status: '0',
  token,
  username: '',
  nickname: '',
  mobile,
  email: '',
  gender: '0',
  avatar: `${url}/assets/default-avatar.png`,
  province: '',
  city: '',
  birthday: '0',
  address: '',
  integral: '0',
  locking_integral: '0',
  referrer: '0',
  plugins_distribution_level: '0',
  plugins_user_level: '0',
  is_delete_time: '0',
  add_time: String(seconds(joinedAt)),
  upd_time: String(seconds(joinedAt)),
  add_time_text: inShanghai(joinedAt),
  upd_time_text: inShanghai(joinedAt),
  gender_text: '保密',
  birthday_text: '',
  mobile_security: masked(mobile),
  email_security: '',
  user_name_view: masked(mobile),
  is_mandatory_bind_mobile: 0,
});

const payloadV6 = ({ id, token, mobile, numberCode, joinedAt }: Customer, url: string) => ({
  id,
  number_code: numberCode,
  status: 0,
  username: '',
  nickname: '',
  mobile,
  email: '',
  gender: 0,
  avatar: `${url}/assets/default-avatar.png`,
  province: '',
  city: '',
  county: '',
  birthday: '',
  address: '',
  integral: 0,
  locking_integral: 0,
  referrer: 0,
  is_delete_time: 0,
  is_logout_time: 0,
  add_time: seconds(joinedAt),
  upd_time: seconds(joinedAt),
  system_type: 'default',
  platform: 'h5',
  token,
  alipay_openid: '',
  weixin_openid: '',
  weixin_unionid: '',
  weixin_web_openid: '',
  baidu_openid: '',
  toutiao_openid: '',
  toutiao_unionid: '',
  qq_openid: '',
  qq_unionid: '',
  kuaishou_openid: '',
  add_time_text: inShanghai(joinedAt),
  upd_time_text: inShanghai(joinedAt),
  gender_text: '保密',
  mobile_security: masked(mobile),
  email_security: '',
  address_info: '',
  user_name_view: masked(mobile),
  is_setup_pwd: 1,
  is_mandatory_bind_mobile: 0,
});

const PAYLOADS = { v2: payloadV2, v6: payloadV6 } as const;
/** Only the current clients look for it on a person's own page. */
const CART = { v2: {}, v6: { cart_total: { buy_number: 0 } } } as const;
const NOTHING = { v2: [], v6: '' } as const;

const configOf = (pictureState: number) => ({
  status: 1,
  config: {
    common_img_verify_state: pictureState,
    home_user_login_type: ['username', 'sms', 'email'],
    home_user_login_img_verify_state: pictureState,
    home_user_reg_type: ['username', 'sms', 'email'],
    home_user_register_img_verify_state: pictureState,
    common_user_verify_bind_mobile_list: [],
    common_user_onekey_bind_mobile_list: [],
  },
});

type Data = Readonly<Record<string, unknown>>;

const dataOf = ({ body }: Heard): Data => (JSON.parse(body) as { data: Data }).data;
const tokenOf = (heard: Heard): string => String(dataOf(heard)['token']);

/** A client as it is published: JSON, the route in `s`, the token in every URL. */
class Client {
  readonly #mailbox: Mailbox;
  readonly #server: TestServer;
  /** Every answer, in order. */
  readonly heard: Heard[] = [];

  constructor(server: TestServer, mailbox: Mailbox) {
    this.#server = server;
    this.#mailbox = mailbox;
  }

  async call(route: string, fields: object = {}, token = ''): Promise<Heard> {
    const common = `system_type=default&application=app&application_client_type=h5&token=${token}&uuid=u-1&lang=zh`;
    const headers = { 'content-type': 'application/json' };
    const said = { path: `/api.php?s=${route}&${common}`, headers, body: JSON.stringify(fields) };
    const heard = await talk(this.#server.port, said);
    this.heard.push(heard);
    return heard;
  }

  /** The letters of a new picture for the form. */
  async picture(type: string): Promise<string> {
    await talk(this.#server.port, { method: 'GET', path: `/api.php?s=user/userverifyentry&type=${type}&uuid=u-1` });
    return (this.#server.house.randomness as NotedRandomness).lastOf(4);
  }

  /** Has a code sent, once the picture was read. */
  async code(act: 'login' | 'reg' | 'forgetpwd', accounts: string): Promise<string> {
    // As long as it takes until another one may be sent there.
    this.#server.clock.advance('61s');
    const verify = await this.picture(act === 'forgetpwd' ? 'user_forget' : `user_${act}`);
    await this.call(`user/${act}verifysend`, { accounts, verify, type: act === 'forgetpwd' ? act : 'sms' });
    return this.#mailbox.codeFor(accounts);
  }
}

/** Registers, signs in with a code, forgets the password, signs in with the new one and out again. */
async function live(client: Client, accounts: string): Promise<readonly string[]> {
  const [password, another] = [aPassword(), aPassword()];
  const home = (token: string) => client.call('useraddress/index', {}, token);

  await client.call('base/common', { is_key: 1 });
  const proof = { verify: await client.code('reg', accounts), type: 'sms' };
  const first = tokenOf(await client.call('user/reg', { accounts, pwd: password, ...proof }));
  await client.call('user/center', {}, first);
  const known = { verify: await client.code('login', accounts), type: 'sms' };
  const second = tokenOf(await client.call('user/login', { accounts, ...known }));
  await client.call('user/tokenuserinfo', { token: second }, first);
  await client.call('user/forgetpwd', { accounts, pwd: another, verify: await client.code('forgetpwd', accounts) });
  await client.call('user/center', {}, first);
  await home(second);
  const letters = { verify: await client.picture('user_login'), type: 'username' };
  const third = tokenOf(await client.call('user/login', { accounts, pwd: another, ...letters }));
  await home(third);
  await client.call('user/logout', {}, third);
  await client.call('user/center', {}, third);
  return [first, second, third];
}

describe.each<[Profile]>([['v2'], ['v6']])('a customer of generation %s', (profile) => {
  const mailbox = new Mailbox();
  let server: TestServer;
  beforeAll(async () => {
    const settings = { 'dialects.shopxo.profile': profile, 'dialects.shopxo.captcha': 'always' };
    server = await startServer({ couriers: mailbox, settings });
  });
  afterAll(() => server.close());

  const told = ({ status, headers, body }: Heard) => `${status} ${headers['content-type']} ${body}`;
  const due = (msg: string, code = 0, data: unknown = NOTHING[profile]) =>
    `200 application/json; charset=utf-8 ${JSON.stringify({ msg, code, data })}`;

  it('registers, is known, forgets the password, and signs out', async () => {
    const client = new Client(server, mailbox);
    const mobile = aMobile();

    const [first, second, third] = await live(client, mobile);

    const { id, number_code: numberCode } = dataOf(client.heard[2] as Heard);
    const joinedAt = server.clock.now() - 2 * 61_000;
    const customer = { id: Number(id), mobile, numberCode: String(numberCode), joinedAt };
    const payload = (token = '') => PAYLOADS[profile]({ ...customer, token }, server.url);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(client.heard.map(told)).toEqual([
      due('success', 0, configOf(1)),
      due('发送成功'),
      due('注册成功', 0, payload(first)),
      due('success', 0, { ...payload(first), ...CART[profile] }),
      due('发送成功'),
      due('登录成功', 0, payload(second)),
      due('success', 0, payload(second)),
      due('发送成功'),
      due('操作成功'),
      due('登录失效，请重新登录', -400),
      due('登录失效，请重新登录', -400),
      due('登录成功', 0, payload(third)),
      due('非法访问(index)', -1000),
      due('退出成功'),
      due('登录失效，请重新登录', -400),
    ]);
  });
});
