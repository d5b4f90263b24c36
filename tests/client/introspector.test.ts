// What an API learns of a token, for how long it goes by it, and that it goes by nothing when the server is away.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

import { someNumber } from '#tests/support/matchers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import {
  type Introspection,
  Introspector,
  UnderstudyProblem,
  UnderstudyUnavailable,
} from '../../packages/client/src/index.ts';
import { Scene } from './asking.ts';

const ALONE = '/api/v1/tokens/introspect';
const TOGETHER = '/api/v1/tokens/introspect-batch';

/** A server that does with each connection as it is told, and counts them. */
async function strangeServer(
  meet: (socket: Socket, count: number) => void,
): Promise<{ url: string; met: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    count += 1;
    meet(socket, count);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, met: () => count };
}

function say(socket: Socket, status: string, body: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}

const asking = (url: string, more: object = {}): Introspector =>
  new Introspector({ url, app: { id: 'my-api', signature: 'f00d' }, ...more });

/** For tests that leave the server as it is. */
let common: Scene;
beforeAll(async () => void (common = await Scene.start()));
afterAll(() => common.server.close());

describe('asking what a token is worth', () => {
  it('recognises a token of every dialect, and who it belongs to', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const { visitor } = scene;
    const visits = [
      await visitor.aegisSpeedUser(person.idNumber, person.password),
      await visitor.aegisSpeedAdmin(person.aegisSpeedId, person.password),
      await visitor.weidu(person.username, person.password),
      await visitor.noBaseJson(person.username, person.password),
      await visitor.shopxo(person.username, person.password),
    ];

    const introspector = scene.introspector();
    const found = await Promise.all(visits.map(({ token }) => introspector.introspect(token ?? '')));

    const same = {
      active: true,
      sub: person.account.id,
      username: person.username,
      token_type: 'Bearer',
      realm: 'main',
    };
    const seen = { ...same, iat: someNumber, exp: someNumber };
    expect(found).toEqual([
      { ...seen, dialect: 'aegisspeed' },
      { ...seen, dialect: 'aegisspeed' },
      { ...seen, dialect: 'weidu' },
      { ...seen, dialect: 'nobase', client_id: 'my-api' },
      { ...seen, dialect: 'shopxo' },
    ]);
  });

  it('says no to what nobody was given, and does not even ask about what cannot be a token', async () => {
    const scene = new Scene(common);
    const introspector = scene.introspector();

    const unknown = await introspector.introspect('f'.repeat(64));
    const impossible = await Promise.all(
      ['', 'two words', 'line\nbreak', 'ütf', 'x'.repeat(257)].map((text) => introspector.introspect(text)),
    );

    expect(unknown).toEqual({ active: false });
    expect(impossible).toEqual(impossible.map(() => ({ active: false })));
    expect(scene.asked).toEqual([ALONE]);
  });

  it('is told when the server does not know the app', async () => {
    const scene = new Scene(common);
    const introspector = scene.introspector({ app: { id: 'my-api', signature: 'wrong' } });

    const answer = introspector.introspect('f'.repeat(64));

    await expect(answer).rejects.toMatchObject({ name: 'UnderstudyProblem', status: 401, code: 'app.not-admitted' });
    await expect(answer).rejects.toBeInstanceOf(UnderstudyProblem);
  });
});

describe('remembering an answer', () => {
  it('asks once for as long as an answer serves, then again', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector();

    const first = await introspector.introspect(token);
    scene.clock.advance(4999);
    const remembered = await introspector.introspect(token);
    const askedByThen = scene.asked.length;
    scene.clock.advance(1);
    await introspector.introspect(token);

    expect(remembered).toEqual(first);
    expect(askedByThen).toBe(1);
    expect(scene.asked).toEqual([ALONE, ALONE]);
  });

  it('sees a revocation once the answer is too old', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const token = await scene.signIn(person);
    const introspector = scene.introspector();
    await introspector.introspect(token);

    await scene.signOut(person);
    scene.clock.advance(4999);
    const within = await introspector.introspect(token);
    scene.clock.advance(1);
    const beyond = await introspector.introspect(token);

    expect(within.active).toBe(true);
    expect(beyond).toEqual({ active: false });
  });

  it('sees a revocation at once when told to forget, or to remember nothing', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const token = await scene.signIn(person);
    const [forgetful, told] = [scene.introspector({ maxAgeMs: 0 }), scene.introspector()];
    const before = [await forgetful.introspect(token), await told.introspect(token)];

    await scene.signOut(person);
    told.forget(token);
    const after = [await forgetful.introspect(token), await told.introspect(token)];

    expect(before.map(({ active }) => active)).toEqual([true, true]);
    expect(after).toEqual([{ active: false }, { active: false }]);
  });

  it('does not keep an answer that was on its way when it was told to forget', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector();

    const onItsWay = introspector.introspect(token);
    introspector.forget(token);
    const found = [await onItsWay, await introspector.introspect(token)];

    expect(found.map(({ active }) => active)).toEqual([true, true]);
    expect(scene.asked).toEqual([ALONE, ALONE]);
  });

  it('gives up answers that are too old when new ones come', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const tokens = [await scene.signIn(person), await scene.signIn(person)];
    const introspector = scene.introspector();

    await introspector.introspect(tokens[0] ?? '');
    scene.clock.advance(5000);
    await introspector.introspect(tokens[1] ?? '');

    expect(introspector.size).toBe(1);
  });

  it('never outlives the token', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector({ maxAgeMs: 90 * 86_400_000 });
    const first = await introspector.introspect(token);
    const exp = 'exp' in first ? first.exp : 0;

    scene.clock.advance(exp * 1000 - scene.clock.epochMs() - 1);
    await introspector.introspect(token);
    const askedBefore = scene.asked.length;
    scene.clock.advance(1);
    await introspector.introspect(token);

    expect(askedBefore).toBe(1);
    expect(scene.asked).toHaveLength(2);
  });

  it('is not stretched by a clock that is set back', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector();
    await introspector.introspect(token);

    scene.clock.setBack(3_600_000);
    scene.clock.advance(5000);
    await introspector.introspect(token);

    expect(scene.asked).toHaveLength(2);
  });

  it('keeps no more tokens than it may, the latest of them, and none that is not good', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const tokens = [await scene.signIn(person), await scene.signIn(person), await scene.signIn(person)];
    const introspector = scene.introspector({ maxEntries: 2 });

    for (const token of tokens) await introspector.introspect(token);
    await introspector.introspect('f'.repeat(64));
    const kept = introspector.size;
    scene.asked.length = 0;
    for (const token of tokens.toReversed()) await introspector.introspect(token);

    expect(kept).toBe(2);
    expect(scene.asked).toEqual([ALONE]);
    expect(introspector.size).toBe(2);
  });
});

describe('asking many things at once', () => {
  it('asks the same only once', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector();

    const found = await Promise.all(Array.from({ length: 50 }, () => introspector.introspect(token)));

    expect(new Set(found).size).toBe(1);
    expect(scene.asked).toEqual([ALONE]);
  });

  it('asks about different tokens together, a hundred at most', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const good = [await scene.signIn(person), await scene.signIn(person)];
    const bad = Array.from({ length: 149 }, (_, index) => `${index}`.padStart(64, 'f'));
    const introspector = scene.introspector();

    const found = await Promise.all([...good, ...bad].map((token) => introspector.introspect(token)));

    expect(found.map(({ active }) => active)).toEqual([...good.map(() => true), ...bad.map(() => false)]);
    expect(scene.asked).toEqual([TOGETHER, TOGETHER]);
  });

  it('asks one by one where the server takes no more, and remembers that', async () => {
    const server = await strangeServer((socket) => {
      socket.once('data', (head) => {
        const isTogether = head.toString('latin1').startsWith(`POST ${TOGETHER} `);
        if (isTogether) say(socket, '404 Not Found', '{"code":"route.unknown","title":"No such call"}');
        else say(socket, '200 OK', '{"active":false}');
      });
    });
    const introspector = asking(server.url);

    const found = [
      ...(await Promise.all([introspector.introspect('a1'), introspector.introspect('b2')])),
      ...(await Promise.all([introspector.introspect('a1'), introspector.introspect('b2')])),
    ];

    expect(found).toEqual(found.map(() => ({ active: false })));
    expect(server.met()).toBe(5);
  });

  it('asks one by one while the operator has the other call closed', async () => {
    const scene = await Scene.open();
    const person = await scene.invite();
    const tokens = [await scene.signIn(person), await scene.signIn(person)];
    const introspector = scene.introspector({ maxAgeMs: 0 });
    const ask = (): Promise<readonly Introspection[]> =>
      Promise.all(tokens.map((token) => introspector.introspect(token)));
    await scene.server.switchEndpoint('api.introspect-batch', false);

    const closed = await ask();
    await scene.server.switchEndpoint('api.introspect-batch', true);
    scene.server.clock.advance('5s');
    const open = await ask();

    expect(open).toEqual(closed);
    expect(scene.asked).toEqual([TOGETHER, ALONE, ALONE, TOGETHER]);
  });

  it('lets one token the server finds unreadable stand for nobody but itself', async () => {
    const server = await strangeServer((socket) => {
      socket.once('data', (bytes) => {
        const text = bytes.toString('latin1');
        if (text.includes('bad')) say(socket, '400 Bad Request', '{"code":"input.malformed","title":"Malformed"}');
        else say(socket, '200 OK', '{"active":false}');
      });
    });
    const introspector = asking(server.url);

    const [good, bad] = await Promise.allSettled([introspector.introspect('good'), introspector.introspect('bad')]);

    expect(good).toEqual({ status: 'fulfilled', value: { active: false } });
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'input.malformed' } });
  });
});

describe('asking while the server is away', () => {
  it('says so, and never falls back on an answer that is too old', async () => {
    const scene = await Scene.open();
    const token = await scene.signIn(await scene.invite());
    const introspector = scene.introspector();
    await introspector.introspect(token);

    await scene.server.close();
    const remembered = await introspector.introspect(token);
    scene.clock.advance(5000);
    const later = introspector.introspect(token);

    expect(remembered.active).toBe(true);
    await expect(later).rejects.toBeInstanceOf(UnderstudyUnavailable);
  });

  it('asks anew after a failure', async () => {
    const server = await strangeServer((socket, count) => {
      socket.once('data', () => say(socket, '200 OK', count === 1 ? 'not now' : '{"active":false}'));
    });
    const introspector = asking(server.url);

    const first = introspector.introspect('a1');

    await expect(first).rejects.toBeInstanceOf(UnderstudyUnavailable);
    expect(await introspector.introspect('a1')).toEqual({ active: false });
  });

  it('asks once more when the connection is lost, and only once', async () => {
    const recovering = await strangeServer((socket, count) => {
      socket.once('data', () => (count === 1 ? socket.resetAndDestroy() : say(socket, '200 OK', '{"active":false}')));
    });
    const dying = await strangeServer((socket) => socket.once('data', () => socket.resetAndDestroy()));

    const found = await asking(recovering.url).introspect('a1');

    expect(found).toEqual({ active: false });
    expect(recovering.met()).toBe(2);
    await expect(asking(dying.url).introspect('a1')).rejects.toBeInstanceOf(UnderstudyUnavailable);
    expect(dying.met()).toBe(2);
  });

  it('does not wait for ever', async () => {
    const silent = await strangeServer(() => undefined);

    const answer = asking(silent.url, { timeoutMs: 50 }).introspect('a1');

    await expect(answer).rejects.toMatchObject({
      name: 'UnderstudyUnavailable',
      cause: { name: 'TimeoutError' },
    });
    expect(silent.met()).toBe(1);
  });

  it.each([
    ['an answer that is no JSON', '200 OK', '<html>'],
    ['half an answer', '200 OK', '{"active":true}'],
    [
      'an answer with members of the wrong type',
      '200 OK',
      '{"active":true,"sub":1,"iat":1,"exp":2,"dialect":"api","realm":"main"}',
    ],
    [
      'a yes that is no boolean',
      '200 OK',
      '{"active":"true","sub":"a","iat":1,"exp":2,"dialect":"api","realm":"main"}',
    ],
    ['the page of a proxy', '502 Bad Gateway', '<html>'],
    ['a redirection', '302 Found\r\nLocation: http://127.0.0.1:1/', ''],
  ])('takes %s for none', async (_what, status, body) => {
    const server = await strangeServer((socket) => socket.once('data', () => say(socket, status, body)));

    const answer = asking(server.url).introspect('a1');

    await expect(answer).rejects.toBeInstanceOf(UnderstudyUnavailable);
  });
});

describe('being set up', () => {
  const app = { id: 'my-api', signature: 'f00d' };

  it.each([
    ['plain HTTP to another machine', { url: 'http://login.example.org', app }],
    ['what is no web address', { url: 'ftp://login.example.org', app }],
    ['credentials in the address', { url: 'https://me:secret@login.example.org', app }],
    ['an app with a colon in its id', { url: 'https://login.example.org', app: { ...app, id: 'my:api' } }],
    ['an app without a signature', { url: 'https://login.example.org', app: { ...app, signature: '' } }],
  ])('refuses %s', (_what, options) => {
    expect(() => new Introspector(options)).toThrow(TypeError);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:8080', 'https://login.example.org/auth/'])(
    'takes %s',
    (url) => {
      expect(new Introspector({ url, app }).size).toBe(0);
    },
  );

  it('takes plain HTTP within a network that is said to be trusted', () => {
    expect(new Introspector({ url: 'http://login.internal', insecureHttp: true, app }).size).toBe(0);
  });

  it('shows no secret to whoever prints it', async () => {
    const { inspect } = await import('node:util');
    const introspector = new Introspector({
      url: 'https://login.example.org',
      app: { id: 'my-api', signature: 'cafebabe' },
    });

    expect(inspect(introspector, { depth: 9, showHidden: true }) + JSON.stringify(introspector)).not.toContain(
      'cafebabe',
    );
  });
});
