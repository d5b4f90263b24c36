// A resident changes the password their AegisSpeed app signs in with: its documents have no call for that, our own API does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aMobile, anEmail, anIdNumber, aPassword } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk, talkJson } from '../support/talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const told = ({ status, body }: Heard): string => `${status} ${body}`;
const tokenOf = ({ body }: Heard): string => (JSON.parse(body) as { token: string }).token;
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const envelope = (result: string, { status = 200, code = '10000', token = '' } = {}): string =>
  `${status} ${JSON.stringify({ status, token, code, result, data: {} })}`;
const REFUSED = { status: 401, code: '10001' };

const login = (user_id: string, user_password: string): Promise<Heard> =>
  talkJson(server.port, '/user/login/login_user_info', { user_id, user_password });
const info = (token: string): Promise<Heard> =>
  talk(server.port, { method: 'GET', path: '/user/info/get_user_info', headers: bearing(token) });
const logout = (token: string): Promise<Heard> =>
  talk(server.port, { path: '/user/login/logout', headers: bearing(token) });

const ENDED = 'The token is invalid or has expired, log in again';

describe('a resident who changes their password', () => {
  it('loses every session of their apps, and signs in with the new one alone', async () => {
    const [idNumber, before, after] = [anIdNumber(), aPassword(), aPassword()];
    const person = {
      user_id: idNumber,
      user_name: '张三',
      user_phone_number: aMobile(),
      user_email: anEmail(),
      user_password: before,
    };

    const first = tokenOf(await talkJson(server.port, '/user/register/register_user_info', person));
    const second = tokenOf(await login(idNumber, before));
    const opened = await talkJson(server.port, '/api/v1/sessions', { identifier: 'ASD000001', password: before });
    const changed = await talk(server.port, {
      method: 'PUT',
      path: '/api/v1/me/password',
      headers: { ...bearing(tokenOf(opened)), 'content-type': 'application/json' },
      body: JSON.stringify({ current_password: before, new_password: after }),
    });
    const ended = [await info(first), await info(second), await logout(second)];
    const old = await login(idNumber, before);
    const entered = await login(idNumber, after);
    const third = tokenOf(entered);
    const out = [await logout(third), await info(third)];

    expect(opened.status).toBe(201);
    expect(told(changed)).toBe('204 ');
    expect(ended.map(told)).toEqual([
      `401 ${JSON.stringify({ status: 401, code: '10001', result: ENDED, data: {} })}`,
      `401 ${JSON.stringify({ status: 401, code: '10001', result: ENDED, data: {} })}`,
      envelope(ENDED, REFUSED),
    ]);
    expect(told(old)).toBe(envelope('Invalid username or password', REFUSED));
    expect(told(entered)).toBe(envelope('Login successful', { token: third }));
    expect(out.map(told)).toEqual([
      envelope('Logout successful'),
      `401 ${JSON.stringify({ status: 401, code: '10001', result: ENDED, data: {} })}`,
    ]);
  });
});
