// A ShopXO client that signs in with a code: asked for, carried by a real SMTP conversation, typed, and good once.
import { aMobile, anEmail, aPassword, aUsername } from '#tests/support/people';
import { Mailbox } from '#tests/support/mailbox';
import { MailServer } from '#tests/support/mail-server';
import { matching } from '#tests/support/matchers';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import type { NotedRandomness } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One call of a client that does not name itself. */
const call = (server: TestServer, route: string, fields: object): Promise<Heard> =>
  talk(server.port, { path: `/api.php?s=${route}`, body: JSON.stringify(fields) });

const told = ({ body }: Heard): string => {
  const { code, msg } = JSON.parse(body) as { readonly code: number; readonly msg: string };
  return `${code} ${msg}`;
};

/** A mobile as ShopXO clients spell it: without its country. */
const national = (mobile: string): string => mobile.replace(/^\+86/, '');

const WELCOME = '0 登录成功';
const SENT = '0 发送成功';

describe('a code by e-mail', () => {
  it('is carried over SMTP, signs in, and does so once', async () => {
    const post = await MailServer.start();
    const server = await startServer({ settings: post.settings });
    const email = anEmail();
    await server.addAccount({ username: aUsername(), email });
    const login = (verify: string) => call(server, 'user/login', { accounts: email, type: 'email', verify });

    const sent = await call(server, 'user/loginverifysend', { accounts: email, type: 'email' });
    const { recipients, text } = post.last();
    const code = /\d{4}/.exec(text)?.[0] ?? '';
    const first = await login(code);
    const second = await login(code);

    expect(sent.body).toBe('{"msg":"发送成功","code":0,"data":[]}');
    expect(recipients).toEqual([email]);
    expect([told(first), told(second)]).toEqual([WELCOME, '-10 验证码已过期']);
    expect(JSON.parse(first.body)).toMatchObject({ data: { email, token: matching(/^[0-9a-f]{32}$/) } });
    await server.close();
  });

  it('cannot be sent while nobody carries mail, and the client is told so', async () => {
    const server = await startServer();
    const email = anEmail();
    await server.addAccount({ username: aUsername(), email });

    const heard = await call(server, 'user/loginverifysend', { accounts: email, type: 'email' });

    expect(told(heard)).toBe('-100 发送失败[暂时无法发送，请稍后再试！]');
    await server.close();
  });
});

describe('asking for codes', () => {
  const mailbox = new Mailbox();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({
      couriers: mailbox,
      settings: {
        'codes.source.perHour': 10_000,
        'codes.subnet.perHour': 10_000,
        'dialects.shopxo.registerTypes': ['sms', 'email'],
      },
    });
  });
  afterAll(() => server.close());

  async function somebody(): Promise<{ readonly mobile: string; readonly email: string }> {
    const person = { username: aUsername(), mobile: aMobile(), email: anEmail(), password: aPassword() };
    await server.addAccount({ ...person });
    return { mobile: national(person.mobile), email: person.email };
  }

  it('signs in by short message with four digits', async () => {
    const { mobile } = await somebody();
    const sent = await call(server, 'user/loginverifysend', { accounts: mobile, type: 'sms' });
    const verify = mailbox.codeFor(mobile);

    expect([told(sent), verify]).toEqual([SENT, matching(/^(?!0000)\d{4}$/)]);
    expect(told(await call(server, 'user/login', { accounts: mobile, type: 'sms', verify }))).toBe(WELCOME);
  });

  it('R-45 sends nothing that is good elsewhere: a code for a new password signs nobody in', async () => {
    const { email } = await somebody();
    await call(server, 'user/forgetpwdverifysend', { accounts: email });
    const verify = mailbox.codeFor(email);

    expect(told(await call(server, 'user/login', { accounts: email, type: 'email', verify }))).toBe('-10 验证码已过期');
  });

  it('is answered once a minute', async () => {
    const { mobile } = await somebody();
    const ask = () => call(server, 'user/loginverifysend', { accounts: mobile, type: 'sms' });

    const [first, second] = [await ask(), await ask()];
    server.clock.advance('60s');

    expect([told(first), told(second)]).toEqual([SENT, '-100 发送失败[操作频繁，请稍后再试！]']);
    expect(second.headers['retry-after']).toBe('60');
    expect(told(await ask())).toBe(SENT);
  });

  it.each<[string, object, string]>([
    ['loginverifysend', { type: 'sms' }, '-1 登录账号不能为空'],
    ['loginverifysend', { accounts: ['x'], type: 'sms' }, '-1 登录账号不能为空'],
    ['loginverifysend', { accounts: '13900000001' }, '-1 登录类型有误'],
    ['loginverifysend', { accounts: '13900000001', type: 'SMS' }, '-1 登录类型有误'],
    ['loginverifysend', { accounts: 'qqqqqq', type: 'username' }, '-2 该类型不支持验证码发送'],
    ['loginverifysend', { accounts: '12345', type: 'sms' }, '-2 手机号码格式错误'],
    ['loginverifysend', { accounts: 'no address', type: 'email' }, '-2 电子邮箱格式错误'],
    ['loginverifysend', { accounts: '13900000001', type: 'sms' }, '-3 手机号码不存在'],
    ['loginverifysend', { accounts: 'nobody@example.org', type: 'email' }, '-3 电子邮箱不存在'],
    ['forgetpwdverifysend', {}, '-1 登录账号不能为空'],
    ['forgetpwdverifysend', { accounts: 'qqqqqq' }, '-2 手机号码格式错误'],
    ['forgetpwdverifysend', { accounts: 'nobody@example.org' }, '-3 电子邮箱不存在'],
    ['forgetpwdverifysend', { accounts: '13900000001' }, '-3 手机号码不存在'],
    ['regverifysend', { accounts: 'qqqqqq', type: 'username' }, '-1 暂时关闭用户注册'],
    ['regverifysend', { accounts: 'somebody-new@example.org', type: 'email' }, SENT],
  ])('%s of %j is answered %s', async (route, fields, answer) => {
    expect(told(await call(server, `user/${route}`, fields))).toBe(answer);
  });

  it('sends nobody a code for registering who has registered', async () => {
    const { email, mobile } = await somebody();

    const answers = [
      told(await call(server, 'user/regverifysend', { accounts: mobile, type: 'sms' })),
      told(await call(server, 'user/regverifysend', { accounts: email, type: 'email' })),
    ];

    expect(answers).toEqual(['-3 手机号码已存在', '-3 电子邮箱已存在']);
  });
});

describe('asking for codes where every form has a picture', () => {
  const mailbox = new Mailbox();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ couriers: mailbox, settings: { 'dialects.shopxo.captcha': 'always' } });
  });
  afterAll(() => server.close());

  it('R-40 sends nothing before the picture was read, and one code for one picture', async () => {
    const [one, another] = [aMobile(), aMobile()];
    await server.addAccount({ username: aUsername(), mobile: one });
    await server.addAccount({ username: aUsername(), mobile: another });
    const ask = (mobile: string, verify?: string) =>
      call(server, 'user/loginverifysend', { accounts: national(mobile), type: 'sms', verify });

    const early = [told(await ask(one)), told(await ask(one, 'ABCD'))];
    const path = '/user/userverifyentry?type=user_login';
    await talk(server.port, { method: 'GET', path });
    const letters = (server.house.randomness as NotedRandomness).lastOf(4);
    const late = [told(await ask(one, '1111')), told(await ask(one, letters)), told(await ask(another, letters))];

    expect(early).toEqual(['-10 图片验证码为空', '-11 验证码已过期']);
    expect(late).toEqual(['-12 验证码错误', SENT, '-11 验证码已过期']);
    expect(mailbox.messages).toHaveLength(1);
  });
});

describe('registering where that is closed', () => {
  it('is closed, and no form is drawn for it', async () => {
    const settings = { 'dialects.shopxo.registerTypes': [] };
    const server = await startServer({ couriers: new Mailbox(), settings });
    const fields = { accounts: national(aMobile()), type: 'sms' };

    const sent = await call(server, 'user/regverifysend', fields);
    const registered = await call(server, 'user/reg', { ...fields, pwd: aPassword(), verify: '1234' });
    const { body } = await call(server, 'base/common', {});

    expect([told(sent), told(registered)]).toEqual(['-1 暂时关闭用户注册', '-1 暂时关闭用户注册']);
    expect(body).toContain('"home_user_reg_type":[]');
    await server.close();
  });
});
