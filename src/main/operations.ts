// What load balancers and monitoring ask for: alive, ready, metrics.
import type { Config } from '#config';
import type { Digests } from '#core';
import Fastify, { type FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { House } from './house.ts';
import { measuringPasswords } from './password-metrics.ts';
import type { LeaveTaking } from './leave-taking.ts';

/** A database that does not say by then how it is, is not ready. */
const CHECK_MS = 2000;

/** What the operations endpoints need. */
export interface OperationsDeps {
  readonly house: House;
  /** Where figures are kept; none where nobody could read them, for watching the event loop wakes the process 100 times a second. */
  readonly registry: Registry | undefined;
  readonly host: FastifyInstance;
}

/** The registry, if there is any way to read it. */
export function registryFor({ metrics }: Config): Registry | undefined {
  return metrics.token === '' && metrics.port === 0 ? undefined : new Registry();
}

/** Adds `/healthz`, `/readyz`, and `/metrics` if it has a token. */
export function addOperations({
  house,
  registry,
  host,
  leaveTaking,
}: OperationsDeps & { leaveTaking: LeaveTaking }): void {
  const { storage, timer } = house;
  host.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }));
  host.get('/readyz', async (_request, reply) => {
    const isUsable = storage.check().then(
      () => true,
      () => false,
    );
    const isReady = !leaveTaking.hasBegun && (await Promise.race([isUsable, timer.after(CHECK_MS).then(() => false)]));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'unavailable' });
  });
  if (registry === undefined) return;
  collectDefaultMetrics({ register: registry });
  measuringPasswords(house.passwords, registry);
  if (house.config.metrics.token !== '') addMetrics(host, registry, house);
}

function addMetrics(host: FastifyInstance, registry: Registry, { config, digests }: House): void {
  const { token } = config.metrics;
  host.get('/metrics', async (request, reply) => {
    if (!isBearer(request.headers.authorization, token, digests))
      return reply.code(401).header('www-authenticate', 'Bearer').send({ status: 'unauthorized' });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** Serves the metrics on a listener of their own; tells how to stop. */
export async function listenForMetrics({ house, registry }: OperationsDeps): Promise<() => Promise<void>> {
  const { host, port } = house.config.metrics;
  if (port === 0 || registry === undefined) return () => Promise.resolve();
  const server = Fastify({ logger: false });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  await server.listen({ host, port });
  return () => server.close();
}

function isBearer(header: string | undefined, token: string, digests: Digests): boolean {
  const given = /^bearer (\S+)$/i.exec(header ?? '')?.[1] ?? '';
  return digests.equal(digests.ofToken(given), digests.ofToken(token));
}
