// What holds for every proxy whose sample we ship: its logs tell no secrets, and a client cannot tell that it is there.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { aPassword, aUsername } from '#tests/support/people';
import type { Proxy, ProxyOptions } from '#tests/support/proxy';
import { selfSigned } from '#tests/support/self-signed';
import { type Heard, type Said, talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';

const LIMIT = 5;
const GETTERS = SPEAKERS.filter(({ dialect }) => dialect === 'nobase' || dialect === 'shopxo');
/** What belongs to one connection or one answer, or is the proxy's own business. */
const OF_THE_WAY = ['alt-svc', 'connection', 'date', 'keep-alive', 'server', 'transfer-encoding', 'content-length'];

/** Describes a proxy. */
export function describeProxy(name: string, start: (options: Required<ProxyOptions>) => Promise<Proxy>): void {
  describe(`${name}, as our sample sets it up`, () => {
    const tls = selfSigned();
    let world: World;
    let proxy: Proxy;
    let person: Somebody;
    beforeAll(async () => {
      world = await startWorld({
        settings: {
          trustedProxies: ['127.0.0.1'],
          publicUrl: 'https://login.example.org',
          'budgets.source.failures': LIMIT,
          'metrics.token': 'a'.repeat(40),
        },
      });
      proxy = await start({ servers: [world.server.port, world.server.port], tls });
    });
    beforeEach(async () => {
      person = await invite(world);
    });
    afterAll(async () => {
      await proxy.stop();
      await world.server.close();
    });

    const another = async (...servers: [number, number]): Promise<Proxy> => {
      const started = await start({ servers, tls });
      onTestFinished(() => started.stop());
      return started;
    };

    const through = (said: Said): Promise<Heard> => talkSecurely(proxy.port, tls.cert, said);
    const queryOf = (speaker: Speaker, password: string): string => {
      const fields = Object.entries(speaker.fields({ ...person, password }, world.app));
      return new URLSearchParams(fields.map(([key, value]): [string, string] => [key, String(value)])).toString();
    };
    const targetOf = (speaker: Speaker, password: string): string =>
      `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}${queryOf(speaker, password)}`;

    it.each(GETTERS)('R-86 writes down neither password nor token of a login by GET to $name', async (speaker) => {
      const path = targetOf(speaker, person.password);

      const own = await another(world.server.port, world.server.port);
      const referer = `https://shop.example.org${path}`;

      const heard = await talkSecurely(own.port, tls.cert, { method: 'GET', path, headers: { referer } });
      const token = speaker.tokenIn(heard) ?? '';
      await talkSecurely(own.port, tls.cert, { method: 'GET', path: `/user/info?token=${token}`, headers: { token } });
      await own.stop();

      expect(token.length).toBeGreaterThan(20);
      expect(own.written.split('"status":').length).toBeGreaterThan(2);
      expect([person.password, token, world.app.signature].filter((secret) => own.written.includes(secret))).toEqual(
        [],
      );
    });

    it.each(GETTERS)('R-86 writes down no password of a request to $name that comes to nothing', async (speaker) => {
      const password = aPassword();
      const path = targetOf(speaker, password);
      const own = await another(world.server.port, world.server.port);
      const nobody = await another(await aRudeServer(), await aRudeServer());
      const hostile = [
        `GET ${path}&x=${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET ${path}&x=${'x'.repeat(40_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(2_000_000)}\r\n\r\n`,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`,
        `GET ${path.replace('?', '%3F')} HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET ${path}\r\nX-A: b HTTP/1.1\r\nHost: a\r\n\r\n`,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
        `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n${queryOf(speaker, password)}`,
        `GET ${path}`,
      ];

      for (const bytes of hostile) await rawly(own.port, bytes);
      for (const method of ['GET', 'POST']) await talkSecurely(nobody.port, tls.cert, { method, path });
      await Promise.all([own.stop(), nobody.stop()]);

      const written = own.written + nobody.written;
      expect(nobody.written).toContain('"status":');
      expect(written.includes(password) || written.includes(password.slice(0, 12))).toBe(false);
    });

    it.each(SPEAKERS)('passes on what $name says byte for byte', async (speaker) => {
      const from = `127.0.${10 + SPEAKERS.indexOf(speaker)}.1`;
      const json = { 'content-type': 'application/json' };
      const post = (fields: object): Said => ({ path: speaker.path, headers: json, body: JSON.stringify(fields) });
      const right = speaker.fields(person, world.app);
      const calls: readonly Said[] = [
        post(right),
        post({ ...right, [speaker.password]: 'not-this-one' }),
        post({ ...right, [speaker.who]: 'x'.repeat(70_000) }),
        { path: speaker.path, headers: json, body: '{' },
        { method: 'GET', path: speaker.unknownPath },
        { method: 'OPTIONS', path: speaker.path, headers: { origin: 'https://a.example' } },
      ];

      for (const said of calls) {
        const forwarded = { 'x-forwarded-for': from, 'x-forwarded-proto': 'https' };
        const direct = await talk(world.server.port, { ...said, headers: { ...said.headers, ...forwarded } });
        const heard = await through({ ...said, from });

        expect(essence(speaker, heard)).toEqual(essence(speaker, direct));
      }
    });

    it('R-34 names the client itself, whatever the client says', async () => {
      const guesses = Array.from({ length: LIMIT + 2 }, (_, guess) => ({
        from: '127.0.7.1',
        path: '/weidu/api/v1/users/login',
        headers: { 'x-forwarded-for': `203.0.113.${guess}`, forwarded: `for=203.0.113.${guess}` },
        body: JSON.stringify({ login_id: aUsername(), password: 'not-this-password' }),
      }));

      const codes: unknown[] = [];
      for (const said of guesses) codes.push(codeOf(await through(said)));
      const elsewhere = codeOf(await through({ ...(guesses[0] as Said), from: '127.0.8.1' }));

      expect(codes).toEqual([...Array<number>(LIMIT).fill(elsewhere as number), 40021, 40021]);
      expect(elsewhere).not.toBe(40021);
    });

    it('R-107 redirects nobody who comes in clear', async () => {
      const heard = await talkRaw(
        proxy.port,
        `GET ${targetOf(GETTERS[0] as Speaker, person.password)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      );

      expect(heard.text).toMatch(/^HTTP\/1\.[01] 400 /);
      expect(heard.text).not.toMatch(/location:/i);
    });

    it.each(['/metrics', '/readyz'])('keeps %s to ourselves', async (path) => {
      const heard = await through({ method: 'GET', path, headers: { authorization: `Bearer ${'a'.repeat(40)}` } });

      expect(heard.status).toBe(404);
    });
  });
}

const codeOf = ({ body }: Heard): unknown => (JSON.parse(body) as { code: unknown }).code;

/** An answer without what differs from one to the next. */
function essence(speaker: Speaker, { status, headers, body }: Heard): unknown {
  const token = speaker.tokenIn({ status, headers, body });
  const drawn = [token ?? '\u0000', String(headers['x-support-code'] ?? '\u0000'), ...csrfIn(headers)];
  const plain = (text: string): string => drawn.reduce((rest, each) => rest.replaceAll(each, '…'), text);
  const entries = Object.entries(headers).filter(([name]) => !OF_THE_WAY.includes(name));
  return { status, headers: entries.map((entry) => plain(JSON.stringify(entry))).toSorted(), body: plain(body) };
}

/** Values of cookies, which are drawn anew at each sign-in. */
const csrfIn = ({ 'set-cookie': cookies = [] }: Heard['headers']): readonly string[] =>
  cookies.map((cookie) => /^[^=]+=([^;]+)/.exec(cookie)?.[1] ?? '\u0000');

/** One request over TLS, to somebody who shows this certificate. */
function talkSecurely(
  port: number,
  cert: string,
  { method = 'POST', path, headers = {}, body = '', from }: Said,
): Promise<Heard> {
  const bytes = Buffer.from(body);
  const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', localAddress: from ?? '127.0.0.1', port, method, path };
    const sent = httpsRequest({ ...options, headers: { ...headers, ...length }, agent: false, ca: readFileSync(cert) });
    sent.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.end(bytes);
  });
}

const HANG_UP_AFTER_MS = 300;

/** Sends bytes over TLS as they are, and hangs up soon if nobody else does. */
async function rawly(port: number, bytes: string): Promise<void> {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
  const closed = once(socket, 'close');
  socket.on('error', () => undefined).on('data', () => undefined);
  socket.setTimeout(HANG_UP_AFTER_MS, () => socket.destroy());
  socket.write(Buffer.from(bytes, 'latin1'));
  await closed;
}

/** A server that hangs up on every request. */
async function aRudeServer(): Promise<number> {
  const server = createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()),
  );
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
