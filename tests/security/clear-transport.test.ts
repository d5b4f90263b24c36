// Whoever sends secrets in clear is told so in the dialect's words: nothing is looked at, and nobody is sent elsewhere.
import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect as connectTls } from 'node:tls';

import { selfSigned } from '#tests/support/self-signed';
import { StoreFile } from '#tests/support/store-file';
import { type Heard, talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS, told } from '../laws/speakers.ts';

const CLIENT = '203.0.113.9';

describe('behind a proxy we trust', () => {
  let world: World;
  let person: Somebody;
  beforeAll(async () => {
    world = await startWorld({ settings: { trustedProxies: ['127.0.0.1'], publicUrl: 'https://login.example.org' } });
    person = await invite(world);
  });
  afterAll(() => world.server.close());

  const inClear: readonly (readonly [string, Record<string, string>])[] = [
    ['the client came by http', { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'http' }],
    ['the client came by http and says https', { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'https, http' }],
    ['the proxy does not say how', { 'x-forwarded-for': CLIENT }],
    ['the proxy says nothing but http', { 'x-forwarded-proto': 'http' }],
    ['the proxy says something strange', { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'httpsx' }],
    ['the client claims to be us', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' }],
  ];

  describe.each(SPEAKERS)('$name', (speaker) => {
    it.each(inClear)('R-107 refuses and looks at nothing when %s', async (_, headers) => {
      const { verifications, decoys } = world.server.house.passwords.stats();
      const before = new StoreFile(world.server).count('audit_events');

      const heard = await world.signIn(speaker, person, { headers });

      expect(told(heard)).toBe(speaker.answers.insecure);
      expect(Object.keys(heard.headers)).not.toContain('location');
      expect(world.server.house.passwords.stats()).toMatchObject({ verifications, decoys });
      expect(new StoreFile(world.server).count('audit_events')).toBe(before);
    });

    it('R-107 refuses in clear whatever else is wrong', async () => {
      const headers = { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'http' };

      const heard = await talk(world.server.port, { path: speaker.path, headers, body: '{' });

      expect(told(heard)).toBe(speaker.answers.insecure);
    });

    it('R-65 R-107 serves whoever came by https, and tells browsers to stay there', async () => {
      const heard = await world.signIn(speaker, person, {
        headers: { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'https' },
      });

      expect(speaker.tokenIn(heard)).toBeDefined();
      expect(heard.headers['strict-transport-security']).toBe('max-age=31536000');
    });
  });

  it('R-64 gives cookies that stay on https', async () => {
    const weidu = SPEAKERS.find(({ dialect }) => dialect === 'weidu') as Speaker;

    const heard = await world.signIn(weidu, person, {
      headers: { 'x-forwarded-for': CLIENT, 'x-forwarded-proto': 'https' },
    });

    expect(heard.headers['set-cookie']).toHaveLength(3);
    expect(
      heard.headers['set-cookie']?.every(
        (cookie) => cookie.endsWith('; Secure; SameSite=Lax') && !cookie.includes('Domain'),
      ),
    ).toBe(true);
  });
});

describe('a client that claims to be a proxy', () => {
  it.each(SPEAKERS)('R-34 is not believed by $name', async (speaker) => {
    const world = await startWorld({ settings: { 'budgets.source.failures': 3 } });
    const { server } = world;

    const heard: Heard[] = [];
    for (const turn of Array(6).keys()) {
      const forged = {
        'x-forwarded-for': `203.0.113.${turn}`,
        'x-real-ip': `203.0.113.${turn}`,
        forwarded: `for=203.0.113.${turn}`,
        'client-ip': `203.0.113.${turn}`,
      };
      heard.push(
        await world.signIn(speaker, { ...(await invite(world)), password: 'not-this-password' }, { headers: forged }),
      );
    }
    await server.close();

    expect(heard.filter((each) => told(each) === speaker.answers.wrong)).toHaveLength(3);
    expect(heard.filter(({ headers }) => headers['retry-after'] !== undefined)).toHaveLength(3);
  });
});

describe('a server with a certificate of its own', () => {
  let world: World;
  let person: Somebody;
  let ca: string;
  beforeAll(async () => {
    const { cert, key } = selfSigned();
    ca = readFileSync(cert, 'utf8');
    world = await startWorld({ settings: { 'tls.cert': cert, 'tls.key': key } });
    person = await invite(world);
  });
  afterAll(() => world.server.close());

  function overTls(speaker: Speaker): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(
        { host: '127.0.0.1', port: world.server.port, ca, agent: false, method: 'POST', path: speaker.path },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
        },
      );
      sent.on('error', reject).end(JSON.stringify(speaker.fields(person, world.app)));
    });
  }

  it.each(SPEAKERS)('R-107 serves $name by TLS', async (speaker) => {
    const heard = await overTls(speaker);

    expect(speaker.tokenIn(heard)).toBeDefined();
    expect(heard.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it.each(SPEAKERS)('R-107 hangs up on whoever speaks plain HTTP to $name', async (speaker) => {
    const body = JSON.stringify(speaker.fields(person, world.app));
    const before = new StoreFile(world.server).count('sessions');

    const heard = await talkRaw(
      world.server.port,
      `POST ${speaker.path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );

    expect([heard.isClosed, heard.text.includes('location'), [0, 400].includes(heard.status)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(new StoreFile(world.server).count('sessions')).toBe(before);
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('R-107 does not speak %s', async (version) => {
    const outcome = await new Promise<string>((resolve) => {
      const socket = connectTls({
        host: '127.0.0.1',
        port: world.server.port,
        ca,
        minVersion: version,
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      socket.on('secureConnect', () => resolve('connected')).on('error', () => resolve('refused'));
    });

    expect(outcome).toBe('refused');
  });
});
