// A person's life with weidu, from the code that registers them to signing out for good, told whole answer by whole answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { MessageDouble } from '../support/message-double.ts';
import { aMobile, anEmail, aPassword } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, type Said, talk } from '../support/talk.ts';
import { Visitor } from '../support/visitor.ts';

const double = new MessageDouble();
let server: TestServer;
beforeAll(async () => {
  const settings = await double.open();
  server = await startServer({ settings: { ...settings, ...ROOMY } });
});
afterAll(async () => {
  await server.close();
  await double.close();
});

const ROOMY = {
  'codes.source.perHour': 1000,
  'codes.subnet.perHour': 1000,
  'codes.source.leastPercent': 0,
  'budgets.source.failures': 1000,
  'budgets.names.failures': 1000,
  'registration.source.perHour': 1000,
  'dialects.weidu.captcha': 'never',
  'dialects.shopxo.captcha': 'never',
};

type Fields = Readonly<Record<string, unknown>>;

/** Says something to weidu, as an app does that keeps its token itself. */
function say(call: string, fields?: Fields, more: Partial<Said> = {}): Promise<Heard> {
  const body = fields === undefined ? {} : { body: JSON.stringify(fields) };
  return talk(server.port, { path: `/weidu/api/v1/users/${call}`, ...body, ...more });
}
const bearing = (token: string): Pick<Said, 'headers'> => ({ headers: { authorization: `Bearer ${token}` } });
const me = (token: string): Promise<Heard> => say('me', undefined, { method: 'GET', ...bearing(token) });
const update = (token: string, fields: Fields): Promise<Heard> =>
  say('update', fields, { method: 'PUT', ...bearing(token) });
const logout = (token: string): Promise<Heard> => say('logout', undefined, bearing(token));

const told = ({ status, body }: Heard): string => `${status} ${body}`;
const done = (payload: Fields = {}): string => `200 ${JSON.stringify({ code: 200, result: 'ok', ...payload })}`;
const refused = (code: number, result: string): string => `200 ${JSON.stringify({ code, result })}`;
const tokenOf = ({ headers }: Heard): string => String(headers['token']);
const personIn = ({ body }: Heard): Fields => (JSON.parse(body) as { user_info: Fields }).user_info;

/** Has a code sent; a minute passes first, so that it may be asked for again. */
async function codeFor(mobile: string): Promise<string> {
  server.clock.advance('61s');
  await say('mobile/sms', { mobile });
  return double.codeFor(mobile);
}

async function somebody(): Promise<{ readonly mobile: string; readonly password: string; readonly token: string }> {
  const [mobile, password] = [aMobile(), aPassword()];
  const heard = await say('mobile/signup', { mobile, sms_code: await codeFor(mobile), password });
  return { mobile, password, token: tokenOf(heard) };
}

const NOT_SIGNED_IN = refused(1000, '未登录或者登录过期');
const CODE_WRONG = refused(40018, '验证码错误');

describe('a person', () => {
  it('registers with a code, tells of themselves, forgets the password, sets a new one, and signs out', async () => {
    const [mobile, password, another] = [aMobile(), aPassword(), aPassword()];

    const before = await say('mobile/exist', { mobile });
    const sent = await say('mobile/sms', { mobile });
    const joined = await say('mobile/signup', { mobile, sms_code: double.codeFor(mobile), password });
    const joinedAt = server.clock.now();
    const after = await say('mobile/exist', { mobile });
    const [first, seen] = [tokenOf(joined), await me(tokenOf(joined))];
    server.clock.advance('1s');
    const changed = await update(first, { nickname: '小明', gender: 1, city: '广州', desc: '修理手表' });
    const changedAt = server.clock.now();
    const reset = await say('mobile/reset', { mobile, sms_code: await codeFor(mobile), password: another });
    const resetAt = server.clock.now();
    const ended = [await me(first), await logout(first)];
    const old = await say('login', { login_id: mobile, password });
    const entered = await say('login', { login_id: mobile, password: another });
    const second = tokenOf(entered);
    const out = [await logout(second), await me(second)];

    const { id, username } = personIn(joined);
    const bare = {
      id,
      create_at: joinedAt,
      update_at: joinedAt,
      username,
      mobile: '******',
      real_name_verified: false,
      nickname: '',
      avatar_url: '',
      city: '',
      province: '',
      country: '',
      gender: 0,
      roles: 'general_user',
      desc: '',
      major: '',
      level: '',
      refund_rate: 0,
      dispute_rate: 0,
      serve_num: 0,
      work_num: 0,
      last_password_update: 0,
    };
    const told_ = { ...bare, update_at: changedAt, nickname: '小明', city: '广州', gender: 1, desc: '修理手表' };
    expect(id).toMatch(/^[a-z0-9]{26}$/);
    expect(username).toMatch(/^\d{19}$/);
    expect([before, sent, joined, after, seen].map(told)).toEqual([
      done({ is_exist: false }),
      done(),
      done({ user_info: bare }),
      done({ is_exist: true }),
      done({ user_info: bare }),
    ]);
    expect(joined.headers['cache-control']).toBe('no-store');
    expect(joined.headers['set-cookie']).toHaveLength(3);
    expect(told(changed)).toBe(done({ user_info: told_ }));
    expect(told(reset)).toBe(done());
    expect([reset.headers['token'], reset.headers['set-cookie']]).toEqual([undefined, undefined]);
    expect(ended.map(told)).toEqual([NOT_SIGNED_IN, NOT_SIGNED_IN]);
    expect(told(old)).toBe(refused(40013, '密码错误'));
    expect(told(entered)).toBe(done({ user_info: { ...told_, last_password_update: resetAt } }));
    expect(second).not.toBe(first);
    expect(out.map(told)).toEqual([done(), NOT_SIGNED_IN]);
  });
});

describe('registering with a code', () => {
  it('R-45 takes no code that was sent to somebody else, or that was never sent', async () => {
    const [mobile, other] = [aMobile(), aMobile()];
    const code = await codeFor(other);

    const heard = [
      await say('mobile/signup', { mobile, sms_code: code, password: aPassword() }),
      await say('mobile/signup', { mobile, sms_code: '123456', password: aPassword() }),
    ];

    expect(heard.map(told)).toEqual([CODE_WRONG, CODE_WRONG]);
  });

  it('R-26 tells only whoever holds the number that it is registered', async () => {
    const { mobile, password } = await somebody();
    const code = await codeFor(mobile);

    const stranger = await say('mobile/signup', { mobile, sms_code: 'guess', password: aPassword() });
    const owner = await say('mobile/signup', { mobile, sms_code: code, password: aPassword() });

    expect([stranger, owner].map(told)).toEqual([CODE_WRONG, refused(4000, '该账号已被注册')]);
    expect(told(await say('login', { login_id: mobile, password }))).toContain('"code":200');
  });

  it('R-28 locks a number by wrong codes at the same turn whether or not it is somebody’s', async () => {
    const [{ mobile: known }, unknown] = [await somebody(), aMobile()];
    const guess = async (mobile: string, turn: number) =>
      told(await say('mobile/signup', { mobile, sms_code: `${turn}`, password: aPassword() }, { from: '127.9.3.1' }));

    const turns = [];
    for (const turn of Array(7).keys()) turns.push([await guess(known, turn), await guess(unknown, turn)]);

    expect(turns.map(([ofKnown]) => ofKnown)).toEqual(turns.map(([, ofUnknown]) => ofUnknown));
    expect(turns.at(-1)?.[0]).toContain('账号已被锁定');
  });

  it('says what is wrong with a password before it uses up the code', async () => {
    const mobile = aMobile();
    const code = await codeFor(mobile);
    const attempt = (password: unknown) => say('mobile/signup', { mobile, sms_code: code, password });

    const heard = [await attempt('seven77'), await attempt('password1'), await attempt(''), await attempt(7)];

    expect(heard.map(told)).toEqual([
      refused(4000, 'Invalid input params: password，密码至少8个字符'),
      refused(4000, 'Invalid input params: password，密码过于简单'),
      refused(4000, 'Invalid input params: password'),
      refused(4000, 'Invalid input params: password'),
    ]);
    expect(told(await attempt(aPassword()))).toContain('"code":200');
  });

  it('R-75 makes nobody anything by saying so', async () => {
    const mobile = aMobile();
    const claims = { roles: '管理员', real_name_verified: true, level: '9', email: anEmail(), id: 'x'.repeat(26) };

    const heard = await say('mobile/signup', {
      mobile,
      sms_code: await codeFor(mobile),
      password: aPassword(),
      ...claims,
    });

    expect(personIn(heard)).toMatchObject({ roles: 'general_user', real_name_verified: false, level: '' });
    expect(told(await say('email/exist', { email: claims.email }))).toBe(done({ is_exist: false }));
  });
});

describe('somebody who registered with weidu', () => {
  it('is known by the number to every other system, and by no token of weidu’s', async () => {
    const { mobile, password, token } = await somebody();
    const visitor = new Visitor(server.port, await server.addApp());

    const [byNoBase, byShopxo] = [await visitor.noBaseForm(mobile, password), await visitor.shopxo(mobile, password)];

    expect([byNoBase.code, byShopxo.code]).toEqual([200, 0]);
    expect(await visitor.introspect(token)).toMatchObject({ active: true, dialect: 'weidu', realm: 'main' });
    expect(told(await me(byShopxo.token ?? ''))).toBe(NOT_SIGNED_IN);
  });

  it('R-43 is one of twenty who register the same number at once', async () => {
    const mobile = aMobile();
    const code = await codeFor(mobile);

    const heard = await Promise.all(
      Array.from({ length: 20 }, () => say('mobile/signup', { mobile, sms_code: code, password: aPassword() })),
    );

    expect(heard.filter(({ headers }) => headers['token'] !== undefined)).toHaveLength(1);
    expect(new Set(heard.map(({ body }) => (JSON.parse(body) as { code: number }).code))).not.toContain(500);
  });
});

describe('setting a new password with a code', () => {
  it('R-70 uses the code once, though twenty send it at once', async () => {
    const { mobile } = await somebody();
    const code = await codeFor(mobile);
    const passwords = Array.from({ length: 20 }, () => aPassword());

    const heard = await Promise.all(
      passwords.map((password) => say('mobile/reset', { mobile, sms_code: code, password })),
    );

    expect(heard.map(told).filter((each) => each === done())).toHaveLength(1);
  });

  it('R-27 answers for a number nobody has as for a wrong code', async () => {
    const [{ mobile }, stranger] = [await somebody(), aMobile()];
    const code = await codeFor(stranger);

    const heard = [
      await say('mobile/reset', { mobile, sms_code: 'wrong', password: aPassword() }),
      await say('mobile/reset', { mobile: stranger, sms_code: code, password: aPassword() }),
    ];

    expect(heard.map(told)).toEqual([CODE_WRONG, CODE_WRONG]);
  });

  it('R-57 ends every session, and lets the owner in who had been locked out', async () => {
    const { mobile, token } = await somebody();
    const another = aPassword();
    const code = await codeFor(mobile);
    const other = tokenOf(await say('mobile/login', { mobile, sms_code: code }));
    for (const _ of Array(5).keys()) await say('login', { login_id: mobile, password: 'wrong' }, { from: '127.9.3.2' });

    await say('mobile/reset', { mobile, sms_code: await codeFor(mobile), password: another });

    expect([told(await me(token)), told(await me(other))]).toEqual([NOT_SIGNED_IN, NOT_SIGNED_IN]);
    expect(told(await say('login', { login_id: mobile, password: another }, { from: '127.9.3.2' }))).toContain('200');
  });
});
