// The host on real sockets: what never reaches a dialect, what is cut, and what every answer carries.
import { once } from 'node:events';
import { connect } from 'node:net';
import { flowsThat, ParrotHost, parrotMount } from '#tests/support/parrot';
import { talk, talkJson, talkRaw } from '#tests/support/talk';
import { framingCases } from '#tests/security/framing-cases';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SAFE_HEADERS } from './framing.ts';

const PATH = '/parrot/say';
const BODY = '{"a":"1"}';

describe('an ordinary host', () => {
  let host: ParrotHost;
  let port: number;

  beforeAll(async () => {
    host = new ParrotHost();
    port = await host.listen();
  });
  afterAll(() => host.close());
  beforeEach(() => void host.outcomes.splice(0));

  it('R-65 answers with the safe headers', async () => {
    const { status, headers, body } = await talkJson(port, PATH, { a: '1' });

    expect([status, body]).toEqual([200, '{"is":"fine"}']);
    expect(headers).toMatchObject({ ...SAFE_HEADERS, 'content-type': 'application/json; charset=utf-8' });
    expect(Object.keys(headers)).not.toContain('server');
    expect(Object.keys(headers)).not.toContain('x-powered-by');
  });

  it('gives a refusal a support code', async () => {
    const { status, headers } = await talk(port, { path: PATH, body: '{' });

    expect([status, headers['x-support-code']]).toEqual([422, 'r-1']);
  });

  it.each(framingCases(PATH, BODY))('R-83 hangs up on $name, and no dialect hears of it', async ({ bytes }) => {
    const { status, answers, isClosed } = await talkRaw(port, bytes);

    expect({ status, answers, isClosed }).toEqual({ status: 400, answers: 1, isClosed: true });
    expect(host.outcomes).toEqual([]);
  });

  it('R-83 answers requests that were sent ahead, one by one and in order', async () => {
    const ordinary = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
    const last = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\n{`;

    const { text } = await talkRaw(port, ordinary + ordinary + last);

    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '200', '422']);
  });

  it.each([
    ['a long path', `/${'a'.repeat(9000)}`, 414],
    ['a long query', `${PATH}?a=${'a'.repeat(9000)}`, 414],
  ])('R-80 hangs up on %s', async (_, path, status) => {
    const heard = await talkRaw(port, `POST ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);

    expect([heard.status, heard.isClosed]).toEqual([status, true]);
    expect(host.outcomes).toEqual([]);
  });

  it('R-80 hangs up on long headers', async () => {
    const heard = await talkRaw(port, `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`);

    expect([heard.status, heard.isClosed]).toEqual([431, true]);
  });

  it('R-80 answers a long body in the dialect’s words and hangs up', async () => {
    const { status, headers, body } = await talk(port, { path: PATH, body: 'a'.repeat(65_537) });

    expect([status, body, headers.connection]).toEqual([422, '{"is":"input.malformed"}', 'close']);
  });

  it('R-80 takes a body of just the longest length', async () => {
    const { status } = await talk(port, { path: PATH, body: `{"a":"${'a'.repeat(65_528)}"}` });

    expect(status).toBe(200);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, identity'])('R-80 does not unpack %s', async (encoding) => {
    const { status, body } = await talk(port, { path: PATH, body: BODY, headers: { 'content-encoding': encoding } });

    expect([status, body]).toEqual([422, '{"is":"input.malformed"}']);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/octet-stream',
    'text/html;charset=gbk',
    'application/json;charset=utf-16',
    '',
    'nonsense',
  ])('R-85 reads a body that says it is %j as what the dialect expects', async (type) => {
    const { body } = await talk(port, { path: PATH, body: BODY, headers: { 'content-type': type } });

    expect(body).toBe('{"is":"fine"}');
  });

  it.each(['HEAD', 'TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'QUERY'])(
    'R-85 never takes %s for a call',
    async (method) => {
      const { status } = await talk(port, { method, path: PATH });

      expect(status).toBe(422);
      expect(host.outcomes.map(({ refusal }) => refusal?.code)).toEqual(['route.unknown']);
    },
  );

  it.each([
    '/parrot/%',
    '/parrot/%zz',
    '/parrot/%ff',
    '/%',
    '/%00',
    '/parrot/%c0%af',
    '/parrot/say%',
    '//',
    '/parrot//say',
    '/\\',
    '/*',
    '/:a',
    '/parrot/say;',
  ])('R-85 answers the path %j in the dialect’s words', async (path) => {
    const { status, body } = await talk(port, { path, body: BODY });

    expect([status, body]).toEqual([422, '{"is":"route.unknown"}']);
  });

  it.each([
    ['x-http-method-override', 'POST'],
    ['x-http-method', 'POST'],
    ['x-method-override', 'POST'],
  ])('R-85 is not told another method by %s', async (name, method) => {
    const { status } = await talk(port, { method: 'PUT', path: PATH, headers: { [name]: method } });

    expect(status).toBe(422);
  });

  it('R-83 refuses to be asked for anything but to go on', async () => {
    const heard = await talkRaw(
      port,
      `POST ${PATH} HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
    );

    expect([heard.status, host.outcomes.length]).toEqual([417, 0]);
    expect(heard.text).toContain('x-content-type-options: nosniff');
  });

  it('tells a client that waits for it to go on', async () => {
    const heard = await talkRaw(
      port,
      `POST ${PATH} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
    );

    expect(heard.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it('R-83 does not change the protocol', async () => {
    const heard = await talkRaw(
      port,
      `GET ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    );

    expect(heard.status).toBe(200);
  });
});

describe('a route beside the dialects', () => {
  it('R-65 is answered with the safe headers, and says nothing of what fails in it', async () => {
    const host = new ParrotHost();
    host.addRoute('/well', () => 'well');
    host.addRoute('/ill', () => {
      throw new TypeError('p-secret-of-the-test');
    });
    const port = await host.listen();

    const well = await talk(port, { method: 'GET', path: '/well' });
    const ill = await talk(port, { method: 'GET', path: '/ill' });
    await host.close();

    expect([well.status, well.body, ill.status, ill.body]).toEqual([200, 'well', 500, '']);
    expect(well.headers).toMatchObject(SAFE_HEADERS);
    expect(ill.headers).toMatchObject(SAFE_HEADERS);
  });
});

describe('a host whose mount fails', () => {
  it('R-103 says nothing but that it failed, and lives on', async () => {
    const mount = parrotMount({
      settingsOf: () => {
        throw new TypeError('p-secret-of-the-test');
      },
    });
    const host = new ParrotHost({ mount });
    const port = await host.listen();

    const first = await talkJson(port, PATH, {});
    const second = await talkJson(port, PATH, {});
    await host.close();

    expect([first.status, first.body, second.status, second.body]).toEqual([500, '', 500, '']);
    expect(first.headers).toMatchObject(SAFE_HEADERS);
  });
});

describe('a host with little patience', () => {
  let host: ParrotHost;
  let port: number;

  beforeAll(async () => {
    host = new ParrotHost({
      limits: { headersTimeoutMs: 500, requestTimeoutMs: 800, keepAliveMs: 500, maxRequestsPerSocket: 3 },
    });
    port = await host.listen();
  });
  afterAll(() => host.close());

  it('R-84 cuts whoever keeps it waiting', async () => {
    const waits = await Promise.all([
      talkRaw(port, `POST ${PATH} HTTP/1.1\r\nHost: a\r\n`, 8000),
      talkRaw(port, 'POST /par', 8000),
      talkRaw(port, `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{`, 8000),
      talkRaw(port, `POST ${PATH} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, 8000),
      talkRaw(port, `GET ${PATH} HTTP/1.1\r\nHost: a\r\n\r\n`, 8000),
      talkRaw(port, '', 8000),
    ]);

    expect(waits.map(({ status }) => status)).toEqual([408, 408, 408, 408, 200, 408]);
    expect(waits.every(({ isClosed }) => isClosed)).toBe(true);
    expect(host.outcomes).toHaveLength(1);
  });

  it('closes a connection after so many requests', async () => {
    const ordinary = `GET ${PATH} HTTP/1.1\r\nHost: a\r\n\r\n`;

    const { text } = await talkRaw(port, ordinary.repeat(5));

    expect(text.match(/"is":"fine"/g)).toHaveLength(3);
    expect(text.match(/connection: close/gi)?.length).toBeGreaterThan(0);
  });
});

describe('a client that goes away', () => {
  it('R-80 in the middle of its body costs nobody anything', async () => {
    const host = new ParrotHost();
    const port = await host.listen();
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');

    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{`);
    socket.resetAndDestroy();
    const { body } = await talkJson(port, PATH, {});
    await host.close();

    expect(body).toBe('{"is":"fine"}');
    expect(host.outcomes).toHaveLength(1);
  });

  it('before its answer is ready costs nobody anything', async () => {
    const { promise, resolve } = Promise.withResolvers<{ isChallengeDue: boolean }>();
    const asked = Promise.withResolvers<void>();
    const flows = flowsThat(() => {
      asked.resolve();
      return promise;
    });
    const host = new ParrotHost({ mount: parrotMount({ flows }) });
    const port = await host.listen();
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await asked.promise;

    socket.resetAndDestroy();
    resolve({ isChallengeDue: false });
    const { body } = await talkJson(port, PATH, {});
    await host.close();

    expect(body).toBe('{"is":"fine"}');
  });
});
