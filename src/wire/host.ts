// The HTTP host: one Fastify server, bounded in every direction, that hands each request to the mount.
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Refusal } from '#core';
import Fastify, { type FastifyInstance } from 'fastify';
import { limitConnections } from './connections.ts';
import { hangUp, isEncrypted, SAFE_HEADERS, safeHeaders, statusOf, strangeness } from './framing.ts';
import { IncomingRequest, type Surroundings } from './incoming.ts';
import type { Mount, Outcome } from './mount.ts';
import { readBody } from './read-body.ts';
import { Turn } from './turn.ts';

/** Bounds of everything a client can make the server wait for or keep. */
export interface HostLimits {
  readonly bodyBytes: number;
  readonly urlBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly maxRequestsPerSocket: number;
  readonly maxConnectionsPerSource: number;
}

/** Answers with it have no body, and say nothing of its length (RFC 9110, 8.6). */
const NO_CONTENT = 204;

/** What hosting needs. */
export interface HostDeps {
  readonly mount: Pick<Mount, 'answer'>;
  readonly surroundings: Surroundings;
  readonly limits: HostLimits;
  /** PEM texts; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** A fresh short id for a request; the client may get to see it. */
  readonly nextId: () => string;
  /** Milliseconds of a clock that only goes forward. */
  readonly stopwatch: () => number;
  /** Shown every request before it is answered; must not throw. */
  readonly watch: (request: IncomingRequest) => void;
  /** Told of every answer. `took` is in milliseconds. */
  readonly observe: (id: string, outcome: Outcome, took: number) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Makes the server; it does not listen yet. Routes added to it later go before the dialects. */
export function createHost(deps: HostDeps): FastifyInstance {
  /** Paths that have a route. */
  const routed = new Set<string>();
  const answer = answering(deps);
  const app = Fastify({
    // Fastify's own log would show URLs, and with them passwords.
    logger: false,
    // While draining, what still comes in on an open connection is served and then told to close.
    return503OnClosing: false,
    // Dialects route and parse by themselves, and are asked before Fastify has made anything of the request.
    serverFactory: (route) =>
      createServer(deps, (request, response) =>
        routed.has(pathOf(request)) ? route(request, response) : answer(request, response),
      ),
  });
  app.addHook('onRoute', ({ path }) => void routed.add(path));
  // Whatever fails in a route has no words of any dialect, and never its own.
  app.setErrorHandler((_fault, _request, reply) => reply.code(500).headers(SAFE_HEADERS).send());
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(safeHeaders(isEncrypted(request.raw.socket)));
    // The path has a route, the method has none.
    if (request.is404) answer(request.raw, reply.hijack().raw);
  });
  return app;
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function createServer({ limits, surroundings, tls }: HostDeps, handler: Handler): Server {
  const options = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 16_384,
    // We ask for it ourselves: Node's own answer would lack the safe headers.
    requireHostHeader: false,
  };
  const guarded = (request: IncomingMessage, response: ServerResponse): void => {
    const status = strangeness(request, limits.urlBytes);
    if (status === undefined) handler(request, response);
    else hangUp(request.socket, status);
  };
  const server =
    tls === undefined
      ? createHttpServer(options, guarded)
      : createHttpsServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, guarded);
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket;
  // A client that does not take its answer is not waited for.
  server.timeout = limits.requestTimeoutMs * 2;
  server.on('clientError', (error: Error & { code?: string }, socket) => hangUp(socket, statusOf(error)));
  // What Node would answer by itself, or not at all.
  server.on('checkExpectation', ({ socket }: IncomingMessage) => hangUp(socket, 417));
  server.on('connect', (_request, socket) => hangUp(socket, 400));
  limitConnections(server, limits.maxConnectionsPerSource, surroundings.trustedProxies);
  return server;
}

function answering({ limits, mount, nextId, observe, stopwatch, surroundings, watch }: HostDeps): Handler {
  const turn = new Turn();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = stopwatch();
    const bytes = await readBody(request, limits.bodyBytes);
    const incoming = new IncomingRequest(nextId(), request, { bytes: bytes ?? new Uint8Array(0), surroundings });
    watch(incoming);
    const outcome = await mount.answer(incoming, troubleWith(incoming, bytes));
    await turn.end();
    if (bytes === undefined) response.setHeader('connection', 'close');
    send(response, incoming, outcome);
    // The client has its answer and need not wait for the log.
    observe(incoming.id, outcome, stopwatch() - startedAt);
  };
  return (request, response) => void answer(request, response).catch(() => giveUp(response));
}

/** Whatever fails beyond the mount has no words of any dialect, and never its own. */
function giveUp(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(500, { ...SAFE_HEADERS, 'content-length': '0' });
  response.end();
}

/** What makes a complete request unreadable before anybody looks at its fields. */
function troubleWith(request: IncomingRequest, bytes: Uint8Array | undefined): Refusal | undefined {
  if (bytes === undefined) return new Refusal('input.malformed', { remark: 'body.too-large' });
  const encoding = request.header('content-encoding') ?? 'identity';
  return encoding === 'identity' ? undefined : new Refusal('input.malformed', { remark: 'body.encoded' });
}

function send(response: ServerResponse, request: IncomingRequest, { answer, refusal, fault }: Outcome): void {
  const { status, contentType = 'application/json; charset=utf-8' } = answer;
  const body = answer.bytes ?? answer.body;
  const headers: OutgoingHttpHeaders = { ...safeHeaders(request.isSecure) };
  if (body.length > 0) headers['content-type'] = contentType;
  if (refusal !== undefined || fault !== undefined) headers['x-support-code'] = request.id;
  const wait = refusal?.detail.retryAfterSeconds;
  if (wait !== undefined) headers['retry-after'] = String(wait);
  Object.assign(headers, answer.headers);
  if (status !== NO_CONTENT) headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, headers).end(body);
}
