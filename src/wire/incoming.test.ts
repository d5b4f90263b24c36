// A request as it came in: what it claims, and what of that is believed.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Refusal } from '#core';
import { describe, expect, it } from 'vitest';
import { IncomingRequest } from './incoming.ts';
import { TrustedProxies } from './source-address.ts';

interface Sent {
  readonly peer?: string;
  readonly encrypted?: boolean;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

function received(
  { peer = '198.51.100.7', encrypted = false, url = '/a', headers = {}, body = '' }: Sent,
  over = new Socket(),
): IncomingRequest {
  const socket = Object.defineProperty(Object.assign(over, { encrypted }), 'remoteAddress', { value: peer });
  const raw = Object.assign(new IncomingMessage(socket), { method: 'POST', url, headers });
  const surroundings = {
    trustedProxies: new TrustedProxies(['10.0.0.0/8']),
    limits: { depth: 4, fields: 64 },
    publicOrigin: 'https://login.example.org',
  };
  return new IncomingRequest('r-1', raw, { bytes: Buffer.from(body), surroundings });
}

function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (reason) {
    if (reason instanceof Refusal) return reason;
  }
  throw new Error('it was not refused');
}

describe('how a request came', () => {
  it.each<[string, boolean, Sent]>([
    ['in clear', false, {}],
    [
      'in clear, whatever the client says',
      false,
      { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' } },
    ],
    ['by TLS', true, { encrypted: true }],
    ['by TLS, whatever the client says', true, { encrypted: true, headers: { 'x-forwarded-proto': 'http' } }],
    [
      'by TLS to a proxy we trust',
      true,
      { peer: '10.0.0.1', headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' } },
    ],
    [
      'in clear to a proxy we trust',
      false,
      { peer: '10.0.0.1', headers: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.9' } },
    ],
    [
      'in clear to a proxy that passes it on by TLS',
      false,
      { peer: '10.0.0.1', encrypted: true, headers: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.9' } },
    ],
    [
      'in clear to a proxy that tells of the way alone',
      false,
      { peer: '10.0.0.1', encrypted: true, headers: { 'x-forwarded-proto': 'http' } },
    ],
    [
      'in clear to the nearest proxy',
      false,
      { peer: '10.0.0.1', headers: { 'x-forwarded-proto': 'https, http', 'x-forwarded-for': '203.0.113.9' } },
    ],
    ['in a way the proxy does not tell', false, { peer: '10.0.0.1', headers: { 'x-forwarded-for': '203.0.113.9' } }],
  ])('R-107 is seen: %s (secure: %j)', (_, isSecure, sent) => {
    expect(received(sent).isSecure).toBe(isSecure);
  });

  it.each<[boolean, Sent]>([
    [false, { headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' } }],
    [false, { peer: '10.0.0.1' }],
    [true, { peer: '10.0.0.1', headers: { 'x-forwarded-for': '203.0.113.9' } }],
    [true, { peer: '10.0.0.1', headers: { 'x-forwarded-proto': 'http' } }],
  ])('R-107 counts as passed on: %j for %j', (isForwarded, sent) => {
    expect(received(sent).isForwarded).toBe(isForwarded);
  });

  it('R-34 joins a forwarding header that came several times', () => {
    const { source } = received({ peer: '10.0.0.1', headers: { 'x-forwarded-for': ['192.0.2.1', '203.0.113.9'] } });

    expect(source.address).toBe('203.0.113.9');
  });
});

describe('a client that hangs up', () => {
  it('is known to be gone', () => {
    const socket = new Socket();
    const request = received({}, socket);

    const before = request.isGone;
    socket.destroy();

    expect([before, request.isGone]).toEqual([false, true]);
  });
});

describe('a page that sends a request', () => {
  it.each<[boolean, Record<string, string>]>([
    [false, {}],
    [false, { origin: 'https://login.example.org' }],
    [false, { origin: 'https://friend.example.org' }],
    [true, { origin: 'https://evil.example' }],
    [true, { origin: 'null' }],
    [true, { 'sec-fetch-site': 'cross-site' }],
    [true, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [false, { 'sec-fetch-site': 'cross-site', origin: 'https://friend.example.org' }],
    [false, { 'sec-fetch-site': 'same-origin', origin: 'https://login.example.org' }],
    [false, { 'sec-fetch-site': 'none' }],
  ])('R-62 is of a foreign site: %j with %j', (isCrossSite, headers) => {
    const request = received({ headers });

    request.befriend(['https://friend.example.org']);

    expect(request.isCrossSite).toBe(isCrossSite);
  });
});

describe('reading a request', () => {
  it('tells path from query and leaves the path as it was spelled', () => {
    const request = received({ url: '/a%2Fb?x=1&y=%E5%BC%A0?z' });

    expect(request.path).toBe('/a%2Fb');
    expect({ ...request.query() }).toEqual({ x: '1', y: '张?z' });
  });

  it('reads a body as JSON whatever its type is said to be', () => {
    const request = received({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '{"a":"1"}' });

    expect({ ...request.body('json') }).toEqual({ a: '1' });
    expect(request.hasBody).toBe(true);
  });

  it('takes no body for no fields', () => {
    const request = received({});

    expect({ ...request.body('json') }).toEqual({});
    expect(request.hasBody).toBe(false);
  });

  it('R-89 refuses what cannot be read with the reason and never the value', () => {
    const refusal = refusalOf(() => received({ body: '{"password":"p-secret","password":"q-secret"}' }).body('json'));

    expect([refusal.code, refusal.detail]).toEqual(['input.malformed', { remark: 'json.duplicate-key' }]);
  });

  it('R-78 refuses a query that names one thing twice', () => {
    expect(refusalOf(() => received({ url: '/a?x=1&x=2' }).query()).detail).toEqual({ remark: 'query.repeated-key' });
  });
});
