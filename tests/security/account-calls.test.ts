// The calls around the logins, spoken to by somebody who means no good.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aMobile, anAegisSpeedId, anEmail, anIdNumber, aPassword, aUsername } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk, talkJson } from '../support/talk.ts';

let server: TestServer;
let app: { readonly appid: string; readonly signature: string };
beforeAll(async () => {
  const roomy = { 'registration.source.perHour': 100_000, 'registration.subnet.perHour': 100_000 };
  server = await startServer({
    settings: { ...roomy, 'budgets.source.failures': 100_000, 'budgets.names.failures': 100_000 },
  });
  const { id, signature } = await server.addApp({ demandsToken: false });
  app = { appid: id, signature };
});
afterAll(() => server.close());

type Fields = Readonly<Record<string, unknown>>;

const aResident = (): Fields => ({
  user_id: anIdNumber(),
  user_name: 'n',
  user_phone_number: aMobile(),
  user_email: anEmail(),
  user_password: aPassword(),
});
const aUser = (): Fields => ({ ...app, user: aUsername(), pass: aPassword() });

/** Every call that takes fields, and fields that would do. */
const CALLS: readonly (readonly [path: string, fields: () => Fields])[] = [
  ['/user/register/register_user_info', aResident],
  [
    '/api/user/register',
    () => ({ ...aUser(), nickname: 'n', qq: '10001', email: anEmail(), imag: 'https://a.example/1' }),
  ],
  ['/api/user/data', aUser],
  ['/api/user/signin', aUser],
  ['/api/user/new_pass', () => ({ ...aUser(), new_pass: aPassword() })],
  ['/api/user/update_sign', () => ({ ...aUser(), sign: 'x' })],
  ['/api/user/logout', () => ({ ...app, token: 'f'.repeat(64) })],
  ['/weidu/api/v1/users/mobile/signup', () => ({ mobile: aMobile(), sms_code: '123456', password: aPassword() })],
  ['/weidu/api/v1/users/mobile/reset', () => ({ mobile: aMobile(), sms_code: '123456', password: aPassword() })],
  ['/weidu/api/v1/users/mobile/exist', () => ({ mobile: aMobile() })],
  ['/weidu/api/v1/users/email/exist', () => ({ email: anEmail() })],
];

const WRONG_TYPES: readonly unknown[] = [7, 0.5, true, ['x'], { x: 'x' }, [], {}, [['x']]];
const WRONG = CALLS.flatMap(([path, fields]) => Object.keys(fields()).map((name) => [path, name, fields] as const));

const codeIn = ({ body }: Heard): unknown => (JSON.parse(body) as { code: unknown }).code;
const countAccounts = () => server.house.stores.accounts.count(1_000_000);

describe('a call about an account', () => {
  it.each(WRONG)('R-77 %s takes nothing but a text for %s', async (path, name, fields) => {
    const before = await countAccounts();

    const heard = [];
    for (const value of WRONG_TYPES) heard.push(await talkJson(server.port, path, { ...fields(), [name]: value }));

    expect(heard.filter(({ status }) => status >= 500)).toEqual([]);
    expect(new Set(heard.map(codeIn).filter((code) => code === 200 || code === 500 || code === '10000'))).toEqual(
      new Set(),
    );
    expect(await countAccounts()).toBe(before);
  });

  it.each(CALLS)('R-78 %s refuses a key that comes twice', async (path, fields) => {
    const before = await countAccounts();
    const [name] = Object.keys(fields());
    const body = `{"${name}":"x",${JSON.stringify(fields()).slice(1)}`;

    const heard = await talk(server.port, { path, headers: { 'content-type': 'application/json' }, body });

    expect([[400, 4000, '10001'].includes(codeIn(heard) as number | string), await countAccounts()]).toEqual([
      true,
      before,
    ]);
  });

  it.each(CALLS)('R-79 %s is not fooled by the names of prototypes', async (path, fields) => {
    const poison = { __proto__: undefined, constructor: { prototype: { roles: ['operator'] } } };
    const body = JSON.stringify({ ...fields(), ...poison }).replace('{', '{"__proto__":{"roles":["operator"]},');

    await talk(server.port, { path, headers: { 'content-type': 'application/json' }, body });

    expect(({} as Fields)['roles']).toBeUndefined();
  });

  it.each([
    { roles: ['管理员'] },
    { role: '管理员' },
    { status: 'active', verified: true },
    { verifiedAt: 1 },
    { isAdmin: true },
    { profile: { nickname: 'x' }, attributes: { nobase: { piastrenum: 1e9 } } },
    { exp: 1e9, piastrenum: 1e9 },
    { aegisSpeedId: 'ASD000001', user_AegisSpeed_id: 'ASD000001' },
  ])('R-75 gives nothing to whoever adds %j to a registration', async (more) => {
    const [resident, user] = [aResident(), { ...aUser(), nickname: 'n' } as Fields];
    await talkJson(server.port, '/user/register/register_user_info', { ...resident, ...more });
    await talkJson(server.port, '/api/user/register', { ...user, ...more });

    const { accounts } = server.house.stores;
    const made = await Promise.all([
      accounts.find('main', [{ kind: 'username', key: String(user['user']) }]),
      accounts.find(
        'main',
        server.house.vault
          .indexKeys('id_number', String(resident['user_id']))
          .map((key) => ({ kind: 'id_number', key })),
      ),
    ]);

    expect(made.map((found) => [found?.account.roles, found?.account.status, found?.account.attributes])).toEqual([
      [[], 'active', {}],
      [[], 'active', {}],
    ]);
  });
});

describe('administrators of AegisSpeed', () => {
  it.each([
    [[], '10007'],
    [['general_user'], '10007'],
    [['operator'], '10007'],
    [['管理员 '], '10000'],
    [['管理员'], '10000'],
    [['超级管理员'], '10000'],
    [['组织管理员'], '10000'],
  ])('R-67 with the roles %j are answered %s', async (roles, code) => {
    const [aegisSpeedId, password] = [anAegisSpeedId(), aPassword()];
    await server.addAccount({ aegisSpeedId, password, roles });

    const heard = await talkJson(server.port, '/user/login/login_admin_info_by_aegisspeed_id', {
      user_AegisSpeed_id: aegisSpeedId,
      user_password: password,
    });

    expect(codeIn(heard)).toBe(code);
  });
});
