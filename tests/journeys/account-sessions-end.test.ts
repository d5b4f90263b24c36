// What ends a session ends it at once, in the systems whose clients ask for their own data with it.
import { changeRoles, changeStatus, removeAccount, Secret, setPassword } from '#core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminDeps } from '../support/rulebook.ts';
import { aMobile, anEmail, anIdNumber, aPassword, aUsername } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk, talkJson } from '../support/talk.ts';
import { Visitor } from '../support/visitor.ts';

let server: TestServer;
let app: { readonly id: string; readonly signature: string };
beforeAll(async () => {
  server = await startServer({ settings: { 'registration.source.perHour': 1000 } });
  app = await server.addApp();
});
afterAll(() => server.close());

/** Somebody who has registered, and what they do with their token. */
interface Registered {
  readonly token: string;
  readonly password: string;
  readonly username: string;
  readonly info: () => Promise<Heard>;
  readonly signOut: () => Promise<Heard>;
}

const tokenIn = ({ body }: Heard): string => {
  const { token, data } = JSON.parse(body) as { token?: string; data: { token?: string } };
  return token ?? data.token ?? '';
};

async function withAegisSpeed(): Promise<Registered> {
  const password = aPassword();
  const person = { user_id: anIdNumber(), user_name: 'n', user_phone_number: aMobile(), user_email: anEmail() };
  const token = tokenIn(
    await talkJson(server.port, '/user/register/register_user_info', { ...person, user_password: password }),
  );
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    password,
    username: '',
    info: () => talk(server.port, { method: 'GET', path: '/user/info/get_user_info', headers }),
    signOut: () => talk(server.port, { path: '/user/login/logout', headers }),
  };
}

async function withNoBase(): Promise<Registered> {
  const [user, pass] = [aUsername(), aPassword()];
  const say = (call: string, fields: object) =>
    talkJson(server.port, `/api/user/${call}`, { appid: app.id, signature: app.signature, ...fields });
  await say('register', { user, pass, nickname: 'n' });
  const token = tokenIn(await say('login', { user, pass }));
  return {
    token,
    password: pass,
    username: user,
    info: () => say('data', { token }),
    signOut: () => say('logout', { token }),
  };
}

async function withWeidu(): Promise<Registered> {
  const [mobile, username, password] = [aMobile(), aUsername(), aPassword()];
  await server.addAccount({ mobile, username, password });
  const users = '/weidu/api/v1/users';
  const entered = await talkJson(server.port, `${users}/login`, { login_id: mobile, password });
  const token = String(entered.headers['token']);
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    password,
    username,
    info: () => talk(server.port, { method: 'GET', path: `${users}/me`, headers }),
    signOut: () => talk(server.port, { path: `${users}/logout`, headers }),
  };
}

async function accountOf({ token }: Registered): Promise<string> {
  const found = await server.house.stores.sessions.find(server.house.digests.ofToken(token));
  return found?.session.accountId ?? '';
}

const deps = () => adminDeps(server.house);

const EVENTS: readonly (readonly [string, (person: Registered, accountId: string) => Promise<unknown>])[] = [
  ['signing out', ({ signOut }) => signOut()],
  ['disabling', (_, accountId) => changeStatus(deps())({ accountId, status: 'disabled' })],
  ['removing', (_, accountId) => removeAccount(deps())({ accountId })],
  ['giving a role', (_, accountId) => changeRoles(deps())({ accountId, grant: ['管理员'] })],
  ['setting a password', (_, accountId) => setPassword(deps())({ accountId, password: new Secret(aPassword()) })],
];

const isAlive = ({ body }: Heard): boolean => /"code":(?:"10000"|200)/.test(body);

describe.each([
  ['aegisspeed', withAegisSpeed, 7],
  ['weidu', withWeidu, 30],
  ['nobase', withNoBase, 7],
] as const)('a session of %s', (dialect, register, days) => {
  it.each(EVENTS)('R-57 ends at once by %s', async (__, event) => {
    const person = await register();
    const before = await person.info();

    await event(person, await accountOf(person));
    const after = await person.info();

    expect([isAlive(before), isAlive(after)]).toEqual([true, false]);
  });

  it('is recognised by introspection', async () => {
    const { token } = await register();

    expect(await new Visitor(server.port, app).introspect(token)).toMatchObject({
      active: true,
      dialect,
      realm: 'main',
    });
  });

  it('R-58 lives as many days as its document says, to the second', async () => {
    const person = await register();

    server.clock.advance(`${days * 24 * 60 * 60 - 1}s`);
    const before = await person.info();
    server.clock.advance('1s');
    const after = await person.info();

    expect([isAlive(before), isAlive(after)]).toEqual([true, false]);
  });
});

describe('a session of nobase', () => {
  it('R-57 ends at once by changing the password', async () => {
    const person = await withNoBase();
    const { username: user, password: pass } = person;
    const body = { appid: app.id, signature: app.signature, user, pass, new_pass: aPassword() };

    await talkJson(server.port, '/api/user/new_pass', body);

    expect(isAlive(await person.info())).toBe(false);
  });
});
