// The published client of the Mattermost family signs in here, as its source stands: only the prefix of its URLs is another one.
import type { Client4 as PublishedClient } from '@mattermost/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { matching } from '../support/matchers.ts';
import { aMobile, anEmail, aPassword } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk } from '../support/talk.ts';

const PAGE = 'https://app.example.org';

let server: TestServer;
let Client4: typeof PublishedClient;
beforeAll(async () => {
  server = await startServer({ settings: { 'dialects.weidu.origins': [PAGE] } });
  ({ Client4 } = await import('@mattermost/client'));
});
afterAll(() => server.close());

/** A client as an app sets one up: where the server is, and under which prefix its calls are. */
function aClient(): PublishedClient {
  const client = new Client4();
  client.setUrl(server.url);
  client.urlVersion = '/weidu/api/v1';
  client.logToConsole = false;
  return client;
}

/** What the client hands on: its server never names a charset, ours does as weidu's does, so the client leaves the JSON to whoever asked. */
const read = (answer: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(String(answer)) as Record<string, unknown>;

const someone = async () => {
  const person = { mobile: aMobile(), email: anEmail(), password: aPassword(), nickname: 'Ada' };
  const { nickname, ...record } = person;
  const account = await server.addAccount({ ...record, profile: { nickname } });
  return { ...person, id: account.publicId };
};

describe('the client of the Mattermost family', () => {
  it('signs in, keeps the token of the header, asks who it is, and signs out', async () => {
    const [person, client] = [await someone(), aClient()];

    const profile = read(await client.login(person.mobile, person.password));
    const token = client.getToken();
    const me = read(await client.getMe());
    const out = await client.logout();
    const left = client.getToken();
    client.setToken(token);
    const afterwards = read(await client.getMe());

    expect(token).toMatch(/^[a-z0-9]{26}$/);
    expect(profile).toMatchObject({ code: 200, result: 'ok', user_info: { id: person.id, nickname: 'Ada' } });
    expect(me).toEqual(profile);
    expect([out.status, left]).toEqual([200, '']);
    expect(afterwards).toEqual({ code: 1000, result: '未登录或者登录过期' });
  });

  it('signs in by e-mail address too', async () => {
    const [person, client] = [await someone(), aClient()];

    await client.login(person.email, person.password);

    expect(read(await client.getMe())).toMatchObject({ user_info: { id: person.id } });
  });

  it('is told that the password is wrong, and holds no token then', async () => {
    const [person, client] = [await someone(), aClient()];

    const answer = read(await client.login(person.mobile, 'not the password'));

    expect(answer).toEqual({ code: 40013, result: '密码错误' });
    expect(client.getToken()).toBe('');
  });

  it('signs in anew though it still holds a token of yesterday', async () => {
    const [person, client] = [await someone(), aClient()];
    client.setToken('ybndrfg8ejkmcpqxot1uwisza3');

    await client.login(person.mobile, person.password);

    expect(read(await client.getMe())).toMatchObject({ user_info: { id: person.id } });
  });
});

describe('the client in a page of another origin', () => {
  /** What a browser asks before it lets the client log in. */
  const preflight = (origin: string): Promise<Heard> =>
    talk(server.port, {
      method: 'OPTIONS',
      path: '/weidu/api/v1/users/login',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-requested-with',
      },
    });

  it('may send what it always sends, and read the token, where the origin is listed', async () => {
    const [person, leave] = [await someone(), await preflight(PAGE)];
    const answer = await talk(server.port, {
      path: '/weidu/api/v1/users/login',
      headers: { origin: PAGE, 'x-requested-with': 'XMLHttpRequest', 'sec-fetch-site': 'cross-site' },
      body: JSON.stringify({ login_id: person.mobile, password: person.password }),
    });

    expect(leave.status).toBe(204);
    expect(leave.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-headers': 'content-type, authorization, x-requested-with',
    });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'retry-after, x-support-code, token',
      token: matching(/^[a-z0-9]{26}$/),
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('R-66 gets no leave anywhere else', async () => {
    const heard = await preflight('https://elsewhere.example.org');

    expect([heard.status, heard.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    expect(read(heard.body)).toEqual({ code: 4000, result: 'Invalid input params: 接口不存在' });
  });
});
