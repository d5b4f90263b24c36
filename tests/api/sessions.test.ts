// Sessions through our own API: seeing them page by page, and ending them.
import { startServer, type TestServer } from '#tests/support/server';
import { Visitor } from '#tests/support/visitor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aMember, call, saidNo, signIn, told } from './somebody.ts';

const SETTINGS = {
  'registration.source.perHour': 1000,
  'dialects.shopxo.captcha': 'never',
  'dialects.weidu.captcha': 'never',
};

let server: TestServer;
let visitor: Visitor;
beforeAll(async () => {
  server = await startServer({ settings: SETTINGS });
  visitor = new Visitor(server.port, await server.addApp());
});
afterAll(() => server.close());

interface Page {
  readonly sessions: readonly { readonly id: string; readonly dialect: string; readonly current: boolean }[];
  readonly next: string | null;
}

async function pageOf(token: string, query = ''): Promise<Page> {
  return JSON.parse((await call(server, `GET /me/sessions${query}`, { token })).body) as Page;
}

describe('one’s own sessions', () => {
  it('R-60 are seen page by page, of whatever dialect, each once and the newest first', async () => {
    const member = await aMember(server);
    await visitor.weidu(member.username, member.password);
    await visitor.shopxo(member.username, member.password);
    await signIn(server, member);

    const first = await pageOf(member.token, '?limit=3');
    const second = await pageOf(member.token, `?limit=3&cursor=${first.next}`);

    const all = [...first.sessions, ...second.sessions];
    expect(all.map(({ dialect, current }) => [dialect, current])).toEqual([
      ['api', false],
      ['shopxo', false],
      ['weidu', false],
      ['api', true],
    ]);
    expect([new Set(all.map(({ id }) => id)).size, second.next]).toEqual([4, null]);
  });

  it('R-81 are never those behind a forged cursor', async () => {
    const [member, other] = [await aMember(server), await aMember(server)];
    const [theirs] = (await pageOf(other.token)).sessions;
    const forged = ['x', '1', '1.', '.a', "1.'or'1", '9'.repeat(16) + '.a', '%00'];

    const answers = await Promise.all(
      forged.map((cursor) => call(server, `GET /me/sessions?cursor=${cursor}`, { token: member.token })),
    );

    const besideTheirs = await pageOf(member.token, `?cursor=9999999999999.${theirs?.id}`);
    expect(answers.map(saidNo)).toEqual(forged.map(() => '400 input.malformed'));
    expect(besideTheirs.sessions.map(({ current }) => current)).toEqual([true]);
  });

  it('R-60 end one by one, and nobody else’s do', async () => {
    const [member, other] = [await aMember(server), await aMember(server)];
    const second = await signIn(server, member);
    const [newest] = (await pageOf(member.token)).sessions;
    const [theirs] = (await pageOf(other.token)).sessions;

    const foreign = await call(server, `DELETE /me/sessions/${theirs?.id}`, member);
    const ended = await call(server, `DELETE /me/sessions/${newest?.id}`, member);
    const again = await call(server, `DELETE /me/sessions/${newest?.id}`, member);

    expect([saidNo(foreign), ended.status, ended.body, saidNo(again)]).toEqual([
      '404 session.absent',
      204,
      '',
      '404 session.absent',
    ]);
    const statuses = await Promise.all(
      [other.token, member.token, second].map(async (token) => (await call(server, 'GET /me', { token })).status),
    );
    expect(statuses).toEqual([200, 200, 401]);
  });

  it('R-60 end all but the one that asks', async () => {
    const member = await aMember(server);
    const others = [await signIn(server, member), (await visitor.weidu(member.username, member.password)).token ?? ''];

    const heard = await call(server, 'DELETE /me/sessions', member);

    const areLive = await Promise.all([member.token, ...others].map((token) => visitor.isLive(token)));
    expect([heard.status, areLive]).toEqual([204, [true, false, false]]);
  });

  it('R-57 end at once by signing out', async () => {
    const member = await aMember(server);

    const heard = await call(server, 'DELETE /sessions/current', member);

    const again = await call(server, 'DELETE /sessions/current', member);
    expect([heard.status, saidNo(again), again.headers['www-authenticate']]).toEqual([
      204,
      '401 session.unknown',
      'Bearer realm="understudy"',
    ]);
  });
});

describe('a token', () => {
  it('R-59 is good in the header alone, and none of another dialect is good here', async () => {
    const member = await aMember(server);
    const weidu = (await visitor.weidu(member.username, member.password)).token ?? '';

    const answers = [
      await call(server, `GET /me?token=${member.token}`),
      await call(server, 'GET /me', { headers: { token: member.token, cookie: `token=${member.token}` } }),
      await call(server, 'GET /me', { headers: { authorization: member.token } }),
      await call(server, 'GET /me', { token: weidu }),
      await call(server, 'GET /me', { token: `${member.token}x` }),
    ];

    expect(answers.map(saidNo)).toEqual(answers.map(() => '401 session.unknown'));
  });

  it('R-58 lives as long as it was said to', async () => {
    const member = await aMember(server);
    const person = { body: { identifier: member.username, password: member.password } };
    const issued = told(await call(server, 'POST /sessions', person)) as { token: string; expires_at: string };
    const life = Date.parse(issued.expires_at) - server.clock.now();

    server.clock.advance(`${life / 1000 - 1}s`);
    const before = await call(server, 'GET /me', issued);
    server.clock.advance('1s');
    const after = await call(server, 'GET /me', issued);

    expect([life, before.status, after.status]).toEqual([30 * 86_400_000, 200, 401]);
  });
});

describe('asking about many tokens at once', () => {
  const ask = async (tokens: readonly unknown[], id = 'many', signature?: string) => {
    const app = signature === undefined ? await server.addApp({ id }) : { id, signature };
    const authorization = `Basic ${Buffer.from(`${app.id}:${app.signature}`).toString('base64')}`;
    return call(server, 'POST /tokens/introspect-batch', { body: { tokens }, headers: { authorization } });
  };

  it('says of each what asking for it alone would, in their order', async () => {
    const member = await aMember(server);
    const ended = await signIn(server, member);
    await call(server, 'DELETE /sessions/current', { token: ended });
    const weidu = (await visitor.weidu(member.username, member.password)).token ?? '';
    const tokens = [member.token, 'nobody’s', ended, weidu, member.token];

    const heard = await ask(tokens);

    const alone = await Promise.all(tokens.map((token) => visitor.introspect(token)));
    const { results } = JSON.parse(heard.body) as { results: readonly { active: boolean; dialect?: string }[] };
    expect([heard.status, results]).toEqual([200, alone]);
    expect(results.map(({ active, dialect }) => [active, dialect])).toEqual([
      [true, 'api'],
      [false, undefined],
      [false, undefined],
      [true, 'weidu'],
      [true, 'api'],
    ]);
  });

  it('takes a hundred, and not one more', async () => {
    const most = await ask(
      Array.from({ length: 100 }, (_, number) => `token-${number}`),
      'hundred',
    );
    const tooMany = await ask(
      Array.from({ length: 101 }, (_, number) => `token-${number}`),
      'hundred-and-one',
    );
    const none = await ask([], 'nothing');

    expect([most.status, saidNo(tooMany), saidNo(none)]).toEqual([200, '400 input.malformed', '400 input.malformed']);
  });

  it('answers registered applications alone', async () => {
    const heard = await ask(['token'], 'stranger', 'wrong');

    expect([saidNo(heard), heard.headers['www-authenticate']]).toEqual([
      '401 app.not-admitted',
      'Basic realm="understudy", charset="UTF-8"',
    ]);
  });
});
