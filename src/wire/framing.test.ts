// Requests that two readers would read in two ways are known by their looks.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { hangUp, statusOf, strangeness } from './framing.ts';

interface Looks {
  readonly method?: string;
  readonly url?: string;
  readonly httpVersion?: string;
  readonly raw?: readonly string[];
}

function messageOf({ method = 'POST', url = '/a', httpVersion = '1.1', raw = [] }: Looks): IncomingMessage {
  const rawHeaders = ['Host', 'login.example.org', ...raw];
  const headers = Object.fromEntries(
    rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1]]] : [])),
  );
  return Object.assign(new IncomingMessage(new Socket()), {
    method,
    url,
    httpVersion,
    rawHeaders: [...rawHeaders],
    headers,
  });
}

describe('an ordinary request', () => {
  it.each<[string, Looks]>([
    ['a POST with a length', { raw: ['Content-Length', '2'] }],
    ['a chunked POST', { raw: ['Transfer-Encoding', 'chunked'] }],
    ['a GET', { method: 'GET' }],
    ['a GET that says its body is empty', { method: 'GET', raw: ['Content-Length', '0'] }],
    ['headers that may come twice', { raw: ['Accept', 'a', 'Accept', 'b', 'Cookie', 'a=1', 'Cookie', 'b=2'] }],
    ['HTTP/1.0 with a length', { httpVersion: '1.0', raw: ['Content-Length', '2'] }],
  ])('is %s', (_, looks) => {
    expect(strangeness(messageOf(looks), 8192)).toBeUndefined();
  });
});

describe('a strange request', () => {
  it.each<[string, Looks]>([
    ['names a whole address', { url: 'http://evil.example/a' }],
    ['names an authority', { url: 'evil.example:443' }],
    ['asks about the server', { method: 'OPTIONS', url: '*' }],
    ['is chunked under HTTP/1.0', { httpVersion: '1.0', raw: ['Transfer-Encoding', 'chunked'] }],
    ['is of HTTP/0.9', { method: 'GET', httpVersion: '0.9' }],
    ['is of HTTP/2.0', { method: 'GET', httpVersion: '2.0' }],
    ['is a GET with a body', { method: 'GET', raw: ['Content-Length', '2'] }],
    ['is a HEAD with a chunked body', { method: 'HEAD', raw: ['Transfer-Encoding', 'chunked'] }],
    ['is a TRACE with a body', { method: 'TRACE', raw: ['Content-Length', '2'] }],
    ['has two hosts', { raw: ['host', 'evil.example'] }],
    ['has two lengths', { raw: ['Content-Length', '2', 'content-length', '2'] }],
    ['has two types', { raw: ['Content-Type', 'a/b', 'CONTENT-TYPE', 'c/d'] }],
    ['has two credentials', { raw: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'] }],
    ['has two origins', { raw: ['Origin', 'https://a.example', 'Origin', 'https://b.example'] }],
    ['came both by http and by https', { raw: ['X-Forwarded-Proto', 'http', 'X-Forwarded-Proto', 'https'] }],
  ])('R-83 %s', (_, looks) => {
    expect(strangeness(messageOf(looks), 8192)).toBe(400);
  });

  it('R-83 names no host', () => {
    const message = Object.assign(messageOf({}), { headers: {}, rawHeaders: [] });

    expect(strangeness(message, 8192)).toBe(400);
  });

  it('R-80 has a URL beyond the limit', () => {
    expect(strangeness(messageOf({ url: `/${'a'.repeat(8192)}` }), 8192)).toBe(414);
    expect(strangeness(messageOf({ url: `/${'a'.repeat(8191)}` }), 8192)).toBeUndefined();
  });
});

describe('hanging up', () => {
  it.each([
    [400, 'Bad Request'],
    [408, 'Request Timeout'],
    [414, 'URI Too Long'],
    [431, 'Request Header Fields Too Large'],
  ])('R-65 says %i with the safe headers and nothing else', (status, reason) => {
    const socket = new PassThrough();

    hangUp(socket, status);

    const [first, ...rest] = String(socket.read()).split('\r\n');
    expect(first).toBe(`HTTP/1.1 ${status} ${reason}`);
    expect(rest).toEqual([
      'connection: close',
      'content-length: 0',
      'cache-control: no-store',
      "content-security-policy: default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
      'referrer-policy: no-referrer',
      'x-content-type-options: nosniff',
      '',
      '',
    ]);
  });

  it('only closes a socket that takes no more', () => {
    const socket = new PassThrough();
    socket.end();

    hangUp(socket, 400);

    expect(socket.destroyed).toBe(true);
  });

  it.each([
    ['HPE_HEADER_OVERFLOW', 431],
    ['ERR_HTTP_REQUEST_TIMEOUT', 408],
    ['HPE_INVALID_CHUNK_SIZE', 400],
  ])('answers the parser error %s with %i', (code, status) => {
    expect(statusOf({ code })).toBe(status);
  });
});
