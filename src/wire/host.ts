// The HTTP host: one Fastify server, bounded in every direction, that hands each request to the mount.
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Refusal } from '#core';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
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

/** Makes the server; it does not listen yet. Routes added to it later go before the dialects. */
export function createHost(deps: HostDeps): FastifyInstance {
  const answer = answering(deps);
  const app = Fastify({
    // Fastify's own log would show URLs, and with them passwords.
    logger: false,
    // While draining, what still comes in on an open connection is served and then told to close.
    return503OnClosing: false,
    routerOptions: { maxParamLength: deps.limits.urlBytes },
    frameworkErrors: (_error, request, reply) => void answer(request, reply),
    serverFactory: (handler) => createServer(deps, handler),
  });
  // Whatever fails beyond the mount has no words of any dialect, and never its own.
  app.setErrorHandler((_fault, _request, reply) => reply.code(500).headers(SAFE_HEADERS).send());
  // Here, and not in a route, because from the next step on Fastify refuses content types that real clients send.
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return answer(request, reply);
    // Not returned: a reply is awaited until it is sent, and nothing has been sent yet.
    void reply.headers(safeHeaders(isEncrypted(request.raw.socket)));
    return undefined;
  });
  return app;
}

function createServer(
  { limits, surroundings, tls }: HostDeps,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
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

type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function answering({ limits, mount, nextId, observe, stopwatch, surroundings, watch }: HostDeps): Answering {
  const turn = new Turn();
  return async (request, reply) => {
    const startedAt = stopwatch();
    const bytes = await readBody(request.raw, limits.bodyBytes);
    const incoming = new IncomingRequest(nextId(), request.raw, { bytes: bytes ?? new Uint8Array(0), surroundings });
    watch(incoming);
    const outcome = await mount.answer(incoming, troubleWith(incoming, bytes));
    if (bytes === undefined) reply.header('connection', 'close');
    await turn.end();
    const sent = send(reply, incoming, outcome);
    // The client has its answer and need not wait for the log.
    observe(incoming.id, outcome, stopwatch() - startedAt);
    return sent;
  };
}

/** What makes a complete request unreadable before anybody looks at its fields. */
function troubleWith(request: IncomingRequest, bytes: Uint8Array | undefined): Refusal | undefined {
  if (bytes === undefined) return new Refusal('input.malformed', { remark: 'body.too-large' });
  const encoding = request.header('content-encoding') ?? 'identity';
  return encoding === 'identity' ? undefined : new Refusal('input.malformed', { remark: 'body.encoded' });
}

function send(reply: FastifyReply, request: IncomingRequest, { answer, refusal, fault }: Outcome): FastifyReply {
  reply.code(answer.status).headers(safeHeaders(request.isSecure));
  if (answer.body !== '' || answer.bytes !== undefined)
    reply.type(answer.contentType ?? 'application/json; charset=utf-8');
  if (refusal !== undefined || fault !== undefined) reply.header('x-support-code', request.id);
  const wait = refusal?.detail.retryAfterSeconds;
  if (wait !== undefined) reply.header('retry-after', String(wait));
  return reply.headers((answer.headers ?? {}) as Record<string, string>).send(answer.bytes ?? answer.body);
}
