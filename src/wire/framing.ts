// Requests whose framing is open to two readings never reach a dialect: a bare answer and the end of the connection.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers that must not come twice: Node keeps the first and a proxy in front might have believed the last. */
const SINGLE = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'authorization',
  'origin',
  'x-forwarded-proto',
]);

const BODYLESS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/** The ways in which a request can be read twice. */
const STRANGE: readonly ((request: IncomingMessage) => boolean)[] = [
  ({ url }) => url?.startsWith('/') !== true, //                                       absolute or authority form
  ({ httpVersion }) => httpVersion !== '1.1' && httpVersion !== '1.0', //             Node's parser still knows 0.9
  ({ headers, httpVersion }) => httpVersion === '1.0' && headers['transfer-encoding'] !== undefined,
  ({ headers, method }) => BODYLESS.has(method ?? '') && announcesBody(headers),
  ({ headers }) => headers.host === undefined,
  ({ rawHeaders }) => repeatsHeader(rawHeaders),
];

/** The status a strangely framed request deserves; undefined for an ordinary one. */
export function strangeness(request: IncomingMessage, longestUrl: number): number | undefined {
  if ((request.url ?? '').length > longestUrl) return 414;
  return STRANGE.some((isStrange) => isStrange(request)) ? 400 : undefined;
}

function announcesBody(headers: IncomingMessage['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function repeatsHeader(rawHeaders: readonly string[]): boolean {
  let seen = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!SINGLE.has(name)) continue;
    if (seen.includes(`${name};`)) return true;
    seen += `${name};`;
  }
  return false;
}

/** The status for what Node's own parser gave up on. */
export function statusOf(error: { readonly code?: string }): number {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 431;
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

/** Says no in the fewest words, and hangs up. */
export function hangUp(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Bad Request'}`,
    'connection: close',
    'content-length: 0',
    ...Object.entries(safeHeaders(isEncrypted(socket))).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
}

/** On every answer, whoever words it. Nothing here is a page, so nothing may be framed, run or stored. */
export const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The safe headers and, over https, the word that keeps browsers there for a year (RFC 6797). */
export function safeHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return isSecure ? { ...SAFE_HEADERS, 'strict-transport-security': 'max-age=31536000' } : SAFE_HEADERS;
}

/** A socket of TLS says so; a plain one has no such word. */
export function isEncrypted(socket: object): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}
