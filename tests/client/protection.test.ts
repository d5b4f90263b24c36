// What protects the routes of both frameworks, over real HTTP: who passes, and what the others are told.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { type Heard, talk } from '#tests/support/talk';
import express from 'express';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { protect as protectExpress } from '../../packages/client/src/express.ts';
import { protect as protectFastify } from '../../packages/client/src/fastify.ts';
import {
  accountOf,
  authenticate,
  judge,
  type Protection,
  UnderstudyClient,
  type Verdict,
  type VerifiedAccount,
} from '../../packages/client/src/index.ts';
import { Scene } from './asking.ts';

type Introspector = Protection['introspector'];

/** An API with `/mine` for whoever has a token, `/staff` for administrators, `/shop` for shoppers, and `/open`. */
type Api = (introspector: Introspector, onOutage: (reason: unknown) => void) => Promise<number>;

const isShopper = ({ dialect }: VerifiedAccount): boolean => dialect === 'shopxo';
const isNobody = (): Promise<boolean> => Promise.resolve(false);

const fastifyApi: Api = async (introspector, onOutage) => {
  const app = fastify({ logger: { level: 'error', stream: { write: (line) => onOutage(JSON.parse(line)) } } });
  onTestFinished(() => app.close());
  app.get('/open', ({ account }) => ({ account }));
  await app.register(async (scope) => {
    await scope.register(protectFastify, { introspector });
    scope.get('/mine', (request) => ({ id: accountOf(request).id, username: request.account?.username }));
  });
  await app.register(async (scope) => {
    await scope.register(protectFastify, { introspector, allows: isShopper });
    scope.get('/shop', () => ({ welcome: true }));
  });
  await app.register(async (scope) => {
    await scope.register(protectFastify, { introspector, allows: isNobody });
    scope.get('/nobody', () => ({ welcome: true }));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
};

const expressApi: Api = async (introspector, onOutage) => {
  const app = express();
  app.get('/open', ({ account }, response) => void response.json({ account }));
  app.get('/mine', protectExpress({ introspector, onOutage }), (request, response) => {
    response.json({ id: accountOf(request).id, username: request.account?.username });
  });
  app.get(
    '/shop',
    protectExpress({ introspector, allows: isShopper }),
    (_, response) => void response.json({ welcome: true }),
  );
  app.get(
    '/nobody',
    protectExpress({ introspector, allows: isNobody }),
    (_, response) => void response.json({ welcome: true }),
  );
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

async function ask(port: number, path: string, authorization?: string): Promise<Heard> {
  return talk(port, { method: 'GET', path, headers: authorization === undefined ? {} : { authorization } });
}

/** All that a client reads off a refusal. */
function told({ status, headers, body }: Heard): readonly unknown[] {
  const { 'www-authenticate': challenge, 'cache-control': caching, 'content-type': type } = headers;
  return [status, challenge, caching, type?.split(';')[0], JSON.parse(body)];
}

const refused = (status: number, title: string, challenge?: string): readonly unknown[] => [
  status,
  challenge,
  'no-store',
  'application/problem+json',
  { type: 'about:blank', title, status },
];

/** For tests that leave the server as it is. */
let common: Scene;
beforeAll(async () => void (common = await Scene.start()));
afterAll(() => common.server.close());

describe.each([
  ['Fastify', fastifyApi],
  ['Express', expressApi],
])('protecting an API of %s', (_name, open) => {
  it('lets whoever has a good token pass, and tells the code whose it is', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const port = await open(scene.introspector(), () => undefined);

    const { status, body } = await ask(port, '/mine', `Bearer ${await scene.signIn(person)}`);

    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 200,
      body: { id: person.account.id, username: person.username },
    });
  });

  it('refuses everybody else in the words of RFC 6750', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const token = await scene.signIn(person);
    const port = await open(scene.introspector(), () => undefined);

    const answers = [
      await ask(port, '/mine'),
      await ask(port, '/mine', 'Basic bWU6c2VjcmV0'),
      await ask(port, `/mine?access_token=${token}`),
      await ask(port, '/mine', 'Bearer nobodys'),
      await ask(port, '/mine', 'Bearer'),
      await ask(port, '/mine', `Bearer ${token}, Bearer ${token}`),
    ];

    expect(answers.map(told)).toEqual([
      refused(401, 'Unauthorized', 'Bearer'),
      refused(401, 'Unauthorized', 'Bearer'),
      refused(401, 'Unauthorized', 'Bearer'),
      refused(401, 'Unauthorized', 'Bearer error="invalid_token"'),
      refused(400, 'Bad Request', 'Bearer error="invalid_request"'),
      refused(400, 'Bad Request', 'Bearer error="invalid_request"'),
    ]);
  });

  it('refuses a token that was good until it was revoked', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const authorization = `bearer ${await scene.signIn(person)}`;
    const port = await open(scene.introspector(), () => undefined);
    const before = await ask(port, '/mine', authorization);

    await scene.signOut(person);
    scene.clock.advance(5000);

    expect(before.status).toBe(200);
    expect(told(await ask(port, '/mine', authorization))).toEqual(
      refused(401, 'Unauthorized', 'Bearer error="invalid_token"'),
    );
  });

  it('makes demands on an account', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const shopper = `Bearer ${await scene.signIn(person)}`;
    const { token = '' } = await scene.visitor.weidu(person.username, person.password);
    const port = await open(scene.introspector(), () => undefined);

    expect((await ask(port, '/shop', shopper)).status).toBe(200);
    expect(told(await ask(port, '/shop', `Bearer ${token}`))).toEqual(
      refused(403, 'Forbidden', 'Bearer error="insufficient_scope"'),
    );
    expect(told(await ask(port, '/nobody', shopper))).toEqual(
      refused(403, 'Forbidden', 'Bearer error="insufficient_scope"'),
    );
  });

  it('lets nobody in while the server is away, and reports why', async () => {
    const scene = await Scene.open();
    const token = await scene.signIn(await scene.invite());
    const reasons: unknown[] = [];
    const port = await open(scene.introspector(), (reason) => reasons.push(reason));
    await scene.server.close();

    const heard = await ask(port, '/mine', `Bearer ${token}`);

    expect(told(heard)).toEqual(refused(503, 'Service Unavailable'));
    expect(heard.headers['retry-after']).toBe('1');
    expect(reasons).toHaveLength(1);
    expect(JSON.stringify(reasons)).not.toContain(token);
  });

  it('leaves other routes alone', async () => {
    const scene = new Scene(common);
    const port = await open(scene.introspector(), () => undefined);

    const { status, body } = await ask(port, '/open');

    expect({ status, body }).toEqual({ status: 200, body: '{}' });
    expect(scene.asked).toEqual([]);
  });
});

describe('demanding a role', () => {
  it('asks the server for the account, and denies whoever has it not or cannot be asked about', async () => {
    const scene = await Scene.open();
    const person = await scene.invite();
    const client = new UnderstudyClient({ url: scene.server.url, timeoutMs: 20_000 });
    const { token } = await client.signIn({ identifier: person.username, password: person.password });
    const elsewhere = await scene.signIn(person);
    const introspector = scene.introspector();
    const demanding = (role: string, bearer = token): Promise<Verdict> =>
      judge(`Bearer ${bearer}`, {
        introspector,
        allows: async ({ dialect }, given) =>
          dialect === 'api' && (await client.withToken(given).me()).account.roles.includes(role),
      });

    expect(await demanding('管理员')).toMatchObject({ account: { id: person.account.id, dialect: 'api' } });
    expect(await demanding('editor')).toMatchObject({ refused: { status: 403 } });
    expect(await demanding('管理员', elsewhere)).toMatchObject({ refused: { status: 403 } });
    await scene.server.close();
    expect(await demanding('管理员')).toMatchObject({ refused: { status: 503 } });
  });
});

describe('protecting without a framework', () => {
  const request = (authorization?: string): Request =>
    new Request('http://api.example.org/', authorization === undefined ? {} : { headers: { authorization } });

  it('tells whose request it is', async () => {
    const scene = new Scene(common);
    const person = await scene.invite();
    const token = await scene.signIn(person);

    const account = await authenticate(request(`Bearer ${token}`), scene.introspector());

    const signedInAt = new Date(scene.server.clock.now());
    expect(account).toEqual({
      id: person.account.id,
      username: person.username,
      realm: 'main',
      dialect: 'shopxo',
      appId: undefined,
      signedInAt,
      expiresAt: new Date(signedInAt.getTime() + 30 * 86_400_000),
    });
  });

  it('tells of nobody when there is no good token', async () => {
    const scene = new Scene(common);
    const introspector = scene.introspector();
    const headers = [undefined, 'Basic bWU6c2VjcmV0', 'Bearer nobodys', 'Bearer a b'];

    const accounts = await Promise.all(headers.map((header) => authenticate(request(header), introspector)));

    expect(accounts).toEqual([null, null, null, null]);
  });

  it('fails when the server is away', async () => {
    const scene = await Scene.open();
    const token = await scene.signIn(await scene.invite());
    await scene.server.close();

    await expect(authenticate(request(`Bearer ${token}`), scene.introspector())).rejects.toMatchObject({
      name: 'UnderstudyUnavailable',
    });
  });

  it('gives no account to code that nothing protects', () => {
    expect(() => accountOf({})).toThrow('No account: nothing protects this route');
  });

  it('lets a demand that breaks be heard as what it is', async () => {
    const scene = new Scene(common);
    const token = await scene.signIn(await scene.invite());
    const breaks = (): boolean => {
      throw new RangeError('a table of our own');
    };

    const verdict = judge(`Bearer ${token}`, { introspector: scene.introspector(), allows: breaks });

    await expect(verdict).rejects.toThrow('a table of our own');
  });
});
