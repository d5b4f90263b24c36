// The NoBase document's Python client: `requests.get(url, params=params)`, replayed header by header as the library sends it.
import { describe, expect, it, onTestFinished } from 'vitest';

import { matching } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk } from '../support/talk.ts';

/** What `requests` says of itself, in its order. */
async function requestsGet(server: TestServer, query: string): Promise<Heard> {
  const headers = {
    Host: `127.0.0.1:${server.port}`,
    'User-Agent': 'python-requests/2.32.3',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'keep-alive',
  };
  return talk(server.port, { method: 'GET', path: `/api/user/login?${query}`, headers });
}

async function aServer(): Promise<TestServer> {
  const server = await startServer();
  onTestFinished(() => server.close());
  return server;
}

describe('signing in with the Python client of the NoBase document', () => {
  it('finds nickname and token where the snippet reads them', async () => {
    const server = await aServer();
    const [username, password] = [aUsername(), aPassword()];
    await server.addAccount({ username, password, profile: { nickname: 'Gu Jiang' } });
    const { id, signature } = await server.addApp({ id: 'python' });

    const { status, headers, body } = await requestsGet(
      server,
      `appid=${id}&signature=${signature}&user=${username}&pass=${password}`,
    );

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', connection: 'keep-alive' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body)).toMatchObject({
      code: 200,
      data: { nickname: 'Gu Jiang', token: matching(/^[0-9a-f]{64}$/) },
    });
  });

  it('understands what Python makes of blanks, signs and letters beyond ASCII', async () => {
    const server = await aServer();
    const username = aUsername();
    await server.addAccount({ username, password: 'päss wörd=1/2+3&4~5 口令' });
    const { id, signature } = await server.addApp({ id: 'python' });
    // urllib.parse.quote_plus('päss wörd=1/2+3&4~5 口令')
    const quoted = 'p%C3%A4ss+w%C3%B6rd%3D1%2F2%2B3%264~5+%E5%8F%A3%E4%BB%A4';

    const { body } = await requestsGet(server, `appid=${id}&signature=${signature}&user=${username}&pass=${quoted}`);

    expect(JSON.parse(body)).toMatchObject({ code: 200, msg: 'success' });
  });

  it('finds the documented text where the snippet prints it when the password is wrong', async () => {
    const server = await aServer();
    const username = aUsername();
    await server.addAccount({ username, password: aPassword() });
    const { id, signature } = await server.addApp({ id: 'python' });

    const { status, body } = await requestsGet(
      server,
      `appid=${id}&signature=${signature}&user=${username}&pass=${aPassword()}`,
    );

    expect({ status, body }).toEqual({ status: 200, body: '{"code":400,"msg":"fail","data":"Password error"}' });
  });
});
