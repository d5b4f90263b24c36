// A resident's life with AegisSpeed, from registering to signing out, told whole answer by whole answer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { matching } from '../support/matchers.ts';
import { aMobile, anEmail, anIdNumber, aPassword } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk, talkJson } from '../support/talk.ts';

const REGISTER = '/user/register/register_user_info';
const LOGIN = '/user/login/login_user_info';
const INFO = '/user/info/get_user_info';
const LOGOUT = '/user/login/logout';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const aResident = () => ({
  user_id: anIdNumber(),
  user_name: '张三',
  user_phone_number: aMobile(),
  user_email: anEmail(),
  user_password: aPassword(),
});

/** Status and body as a value, so that keys are told in the order in which they came. */
const told = ({ status, body }: Heard): readonly [number, string] => [status, body];
const tokenOf = ({ body }: Heard): string => (JSON.parse(body) as { token: string }).token;
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const info = (token: string): Promise<Heard> =>
  talk(server.port, { method: 'GET', path: INFO, headers: bearing(token) });
const logout = (token: string): Promise<Heard> => talk(server.port, { path: LOGOUT, headers: bearing(token) });
const envelope = (status: number, code: string, result: string) =>
  JSON.stringify({ status, token: '', code, result, data: {} });
const masked = (idNumber: string): string => `${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}`;

describe('a resident', () => {
  it('registers, signs in, reads their data and signs out', async () => {
    const person = aResident();
    const { user_id, user_name, user_phone_number: phone, user_email: email, user_password } = person;

    const registered = await talkJson(server.port, REGISTER, person);
    const signedIn = await talkJson(server.port, LOGIN, { user_id, user_password });
    const [first, second] = [tokenOf(registered), tokenOf(signedIn)];
    const data = await info(second);
    const out = await logout(second);

    expect(told(registered)).toEqual([
      200,
      JSON.stringify({
        status: 200,
        token: first,
        code: '10000',
        result: 'Registration successful',
        data: { user_id: masked(user_id), user_name },
      }),
    ]);
    expect(registered.headers['cache-control']).toBe('no-store');
    expect(told(signedIn)).toEqual([
      200,
      JSON.stringify({ status: 200, token: second, code: '10000', result: 'Login successful', data: {} }),
    ]);
    expect(told(data)).toEqual([
      200,
      JSON.stringify({
        status: 200,
        code: '10000',
        result: 'User information retrieved',
        data: {
          user_id: masked(user_id),
          user_name,
          user_phone_number: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
          user_email: `${email.slice(0, 1)}***${email.slice(email.indexOf('@'))}`,
          user_AegisSpeed_id: 'ASD000001',
          roles: [],
        },
      }),
    ]);
    expect(told(out)).toEqual([200, envelope(200, '10000', 'Logout successful')]);
    expect((await info(second)).status).toBe(401);
    expect((await logout(second)).status).toBe(401);
    expect((await info(first)).status).toBe(200);
  });

  it('is told what is wrong, field by field, in the codes of the registration page', async () => {
    const known = aResident();
    await talkJson(server.port, REGISTER, known);
    const attempts = [
      { user_id: '110105194912310021' },
      { user_id: 'x' },
      { user_name: ' ' },
      { user_name: '名'.repeat(61) },
      { user_phone_number: '23800138000' },
      { user_phone_number: '+8613800138000' },
      { user_email: 'nobody' },
      { user_password: 'seven77' },
      { user_password: '' },
      { user_password: 'password1' },
      { user_id: known.user_id },
      { user_phone_number: known.user_phone_number },
      { user_email: known.user_email.toUpperCase() },
    ];

    const heard = [];
    for (const wrong of attempts) heard.push(await talkJson(server.port, REGISTER, { ...aResident(), ...wrong }));

    expect(heard.map(told)).toEqual([
      [400, envelope(400, '10001', 'Invalid user ID')],
      [400, envelope(400, '10001', 'Invalid user ID')],
      [400, envelope(400, '10002', 'Invalid user name')],
      [400, envelope(400, '10002', 'Invalid user name')],
      [400, envelope(400, '10003', 'Invalid phone number')],
      [400, envelope(400, '10003', 'Invalid phone number')],
      [400, envelope(400, '10004', 'Invalid email')],
      [400, envelope(400, '10001', 'The password must have at least 8 characters')],
      [400, envelope(400, '10001', 'Invalid user password')],
      [400, envelope(400, '10001', 'The password is easy to guess, choose another one')],
      [409, envelope(409, '10005', 'User ID already exists')],
      [409, envelope(409, '10006', 'Phone number already exists')],
      [409, envelope(409, '10007', 'Email already exists')],
    ]);
  });

  it('R-75 cannot sign in or be found by a phone number or e-mail they have only typed in', async () => {
    const person = aResident();
    await talkJson(server.port, REGISTER, person);

    const heard = await talkJson(server.port, '/weidu/api/v1/users/login', {
      login_id: person.user_phone_number,
      password: person.user_password,
    });

    expect(told(heard)).toEqual([200, '{"code":40013,"result":"密码错误"}']);
  });

  it('R-75 makes themselves neither an administrator nor verified by saying so', async () => {
    const person = {
      ...aResident(),
      roles: ['管理员'],
      status: 'active',
      verified: true,
      attributes: { nobase: { exp: 9 } },
    };

    const registered = await talkJson(server.port, REGISTER, person);
    const { data } = JSON.parse((await info(tokenOf(registered))).body) as { data: { roles: string[] } };

    expect(registered.status).toBe(200);
    expect(data.roles).toEqual([]);
  });
});

describe('the calls around the login', () => {
  it('say 403 in the code of each page when the operator has closed them', async () => {
    const endpoints = ['aegisspeed.register', 'aegisspeed.info', 'aegisspeed.logout'];
    for (const endpoint of endpoints) await server.switchEndpoint(endpoint, false);

    const heard = [await talkJson(server.port, REGISTER, {}), await info('x'), await logout('x')];
    for (const endpoint of endpoints) await server.switchEndpoint(endpoint, true);

    const closed = 'Server has not opened this endpoint';
    expect(heard.map(told)).toEqual([
      [403, envelope(403, '10008', closed)],
      [403, JSON.stringify({ status: 403, code: '10002', result: closed, data: {} })],
      [403, envelope(403, '10003', closed)],
    ]);
  });

  it('say 500 in the code of each page when the store fails', async () => {
    const broken = await startServer();
    const { authorization } = bearing(tokenOf(await talkJson(broken.port, REGISTER, aResident())));
    const { accounts, sessions, allowances } = broken.house.stores;
    const fails = () => Promise.reject(new Error('the disk is gone'));
    Object.assign(accounts, { get: fails, find: fails });
    Object.assign(allowances, { spend: fails });
    Object.assign(sessions, { revoke: fails });

    const heard = [
      await talkJson(broken.port, REGISTER, aResident()),
      await talk(broken.port, { method: 'GET', path: INFO, headers: { authorization } }),
      await talk(broken.port, { path: LOGOUT, headers: { authorization } }),
    ];
    await broken.close();

    expect(heard.map(told)).toEqual([
      [500, envelope(500, '10009', 'Registration failed, server internal error')],
      [500, JSON.stringify({ status: 500, code: '10003', result: 'Server internal error', data: {} })],
      [500, envelope(500, '10004', 'Login failed, server internal error')],
    ]);
  });

  it('make a source wait that registers too often', async () => {
    const narrow = await startServer({ settings: { 'registration.source.perHour': 2 } });
    const register = () => talkJson(narrow.port, REGISTER, aResident());

    const heard = [await register(), await register(), await register()];
    narrow.clock.advance('1h');
    const later = await register();
    await narrow.close();

    expect(heard.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(JSON.parse(heard[2]?.body ?? '')).toEqual({
      status: 429,
      token: '',
      code: '10009',
      result: matching(/^Too many registrations, try again in \d+ seconds$/),
      data: {},
    });
    expect(heard[2]?.headers['retry-after']).toBe('3600');
    expect(later.status).toBe(200);
  });

  it('R-74 let one of fifty register who have the same phone number', async () => {
    const roomy = await startServer({ settings: { 'registration.source.perHour': 1000 } });
    const phone = aMobile();
    const crowd = Array.from({ length: 50 }, () => ({ ...aResident(), user_phone_number: phone }));

    const heard = await Promise.all(crowd.map((person) => talkJson(roomy.port, REGISTER, person)));
    await roomy.close();

    expect(heard.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(heard.filter(({ body }) => body.includes('"10006"'))).toHaveLength(49);
  });
});
