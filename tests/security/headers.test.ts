// Headers that go with every answer, whoever words it: a crawl through all calls, and every error that can be forced.
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { connect as connectTls } from 'node:tls';

import { DIALECTS } from '#main';
import { selfSigned } from '#tests/support/self-signed';
import { hideTable } from '#tests/support/engine';
import { type Said, talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { EVERY_SPEAKER, type Speaker } from '../laws/speakers.ts';

/** An answer, as far as its headers go. */
interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a good answer has, by name; pictures and figures may be kept, answers may not. */
const DUE: readonly (readonly [string, (answer: Answered) => boolean])[] = [
  ['nosniff', ({ headers }) => headers['x-content-type-options'] === 'nosniff'],
  [
    'a policy for contents',
    ({ headers }) =>
      ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"].every((rule) =>
        headers['content-security-policy']?.includes(rule),
      ),
  ],
  ['no referrer', ({ headers }) => headers['referrer-policy'] === 'no-referrer'],
  ['not to be stored', ({ headers }) => headers['cache-control'] === 'no-store'],
  [
    'a type and its charset',
    ({ headers, body }) => body === '' || String(headers['content-type']).endsWith('; charset=utf-8'),
  ],
  ['no word of the program', ({ headers }) => headers['server'] === undefined && headers['x-powered-by'] === undefined],
];

const lacking = (answer: Answered): readonly string[] =>
  DUE.flatMap(([name, isThere]) => (isThere(answer) ? [] : [`${answer.status} lacks ${name}`]));

/** The first answer of what came over a connection. */
function firstOf(text: string): Answered {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(line.split(' ')[1]), headers, body };
}

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

const PATHS = [
  ...new Set(DIALECTS.flatMap(({ rows }) => rows.flatMap(({ on }) => on.map((each) => each.split(' ')[1] ?? '/')))),
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const json = { 'content-type': 'application/json' };

describe('every answer', () => {
  it.each(METHODS)('R-65 has the safe headers at every path: %s', async (method) => {
    const paths = [
      ...PATHS,
      '/',
      '/nothing',
      '/user/nothing',
      '/weidu/nothing',
      '/api/nothing',
      '/api.php',
      '/api/v1/nothing',
      '/favicon.ico',
    ];

    const heard = await Promise.all(paths.map((path) => talk(world.server.port, { method, path })));

    expect(heard.flatMap(lacking)).toEqual([]);
    expect(heard.length).toBeGreaterThan(15);
  });

  it.each(EVERY_SPEAKER)('R-65 has them, right or wrong: $name', async (speaker) => {
    const said: readonly Said[] = [
      { path: speaker.path, headers: json, body: JSON.stringify(speaker.fields(person, world.app)) },
      {
        path: speaker.path,
        headers: json,
        body: JSON.stringify(speaker.fields({ ...person, password: 'not-this-password' }, world.app)),
      },
      { path: speaker.path, headers: json, body: '{' },
      { path: speaker.path, headers: json, body: 'x'.repeat(70_000) },
      { path: speaker.unknownPath, headers: json, body: '{}' },
      { path: speaker.path, headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' },
      { path: speaker.path, method: 'TRACE' },
      { path: speaker.path, method: 'HEAD' },
    ];
    const closed = async () => {
      await world.server.switchEndpoint(speaker.name, false);
      const heard = await talk(world.server.port, said[0] as Said);
      await world.server.switchEndpoint(speaker.name, true);
      return heard;
    };
    const broken = async () => {
      const putBack = await hideTable(world.server, 'accounts');
      const heard = await talk(world.server.port, said[0] as Said);
      await putBack();
      return heard;
    };

    const heard = [
      ...(await Promise.all(said.map((each) => talk(world.server.port, each)))),
      await closed(),
      await broken(),
    ];

    expect(speaker.tokenIn(heard[0] as never)).toBeDefined();
    expect(heard.flatMap(lacking)).toEqual([]);
  });

  it.each<[number, string]>([
    [400, 'nonsense\r\n\r\n'],
    [400, 'GET /weidu/ HTTP/1.1\r\n\r\n'],
    [400, 'POST /weidu/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [400, 'GET http://a/weidu/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    [400, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    [414, `GET /weidu/${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    [417, 'POST /weidu/ HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\nContent-Length: 0\r\n\r\n'],
    [431, `GET /weidu/ HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
  ])('R-65 has them though nobody could read the request: %i', async (status, bytes) => {
    const answer = firstOf((await talkRaw(world.server.port, bytes)).text);

    expect([answer.status, lacking(answer)]).toEqual([status, []]);
  });

  it('R-65 has them where the server tells how it is', async () => {
    const heard = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((path) => talk(world.server.port, { method: 'GET', path })),
    );

    expect(heard.flatMap(lacking)).toEqual([]);
  });
});

describe('every answer over TLS', () => {
  let secure: World;
  beforeAll(async () => {
    secure = await startWorld({ settings: { ...tlsSettings(), publicUrl: 'https://localhost' } });
  });
  afterAll(() => secure.server.close());

  const tlsSettings = () => {
    const { cert, key } = selfSigned();
    return { 'tls.cert': cert, 'tls.key': key };
  };

  const ask = (method: string, path: string): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const sent = httpsRequest({
        host: '127.0.0.1',
        port: secure.server.port,
        method,
        path,
        rejectUnauthorized: false,
        agent: false,
      });
      sent.on('error', reject).on('response', (response) => {
        response
          .resume()
          .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' }));
      });
      sent.end();
    });

  const askRaw = (bytes: string): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connectTls({ host: '127.0.0.1', port: secure.server.port, rejectUnauthorized: false }, () =>
        socket.write(bytes),
      );
      socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      socket.on('end', () => resolve(firstOf(Buffer.concat(chunks).toString('latin1'))));
    });

  it('R-65 keeps browsers on https for a year', async () => {
    const said = [...EVERY_SPEAKER.map(({ path }: Speaker) => path), '/nothing', '/healthz', '/readyz', '/metrics'];
    const unreadable = [
      'nonsense\r\n\r\n',
      'GET /weidu/ HTTP/1.1\r\n\r\n',
      `GET /a HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    ];

    const heard = [
      ...(await Promise.all(said.flatMap((path) => [ask('GET', path), ask('POST', path)]))),
      ...(await Promise.all(unreadable.map(askRaw))),
    ];

    expect(
      heard
        .map(({ status, headers }) => [status, headers['strict-transport-security']])
        .filter(([, told]) => told !== 'max-age=31536000'),
    ).toEqual([]);
    expect(heard.flatMap(lacking)).toEqual([]);
  });
});
