// Serves: puts the house behind an HTTP host and takes it down again without dropping anyone.
import { readFileSync } from 'node:fs';
import { type Config, isLoopback, withPort } from '#config';
import { Refusal, UNWATCHED } from '#core';
import {
  type CommonSettings,
  createHost,
  type Dialect,
  type IncomingRequest,
  Mount,
  type Surroundings,
  TrustedProxies,
} from '#wire';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { warningOfAddresses } from './address-warnings.ts';
import { addAssets } from './assets.ts';
import { startChores } from './chores.ts';
import { measuringCodes } from './code-metrics.ts';
import { isPrintingCodes } from './couriers.ts';
import { keepDecisions } from './decisions.ts';
import { api } from './dialects.ts';
import type { Watchers } from './codes.ts';
import { openRulebook, type Rulebook } from './flows.ts';
import type { House } from './house.ts';
import { LeaveTaking } from './leave-taking.ts';
import { describeFault, observing } from './observer.ts';
import { addOperations, listenForMetrics, registryFor } from './operations.ts';
import { ringingAlarm } from './ring-alarm.ts';
import { servedEndpoints } from './served-endpoints.ts';

/** A server that answers. */
export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** Names of all endpoints. */
  readonly endpoints: readonly string[];
  /** Lets requests in flight finish, then closes server and house. */
  close(): Promise<void>;
}

/** What serving needs. */
export interface ServeDeps {
  readonly house: House;
  readonly dialects: readonly Dialect[];
  readonly log: Logger;
}

/** Crockford's alphabet: a support code is read out over the telephone. */
const SUPPORT_CODE = { alphabet: '0123456789abcdefghjkmnpqrstvwxyz', length: 10 };

/** Listens. */
export async function serve({ house, dialects, log }: ServeDeps): Promise<RunningServer> {
  const { config } = house;
  await assertBlocklist(house);
  const registry = registryFor(config);
  // A port left to the system is known once we listen, and so is an address made of it.
  const outside = { url: config.publicUrl };
  const rulebook = openRulebook(house, watchersOf(house, registry, log), servedEndpoints(dialects, config));
  const mount = mountDialects(house, dialects, { outside, rulebook });
  const decisions = keepDecisions(house, log);
  const observers = [observing(log, registry), decisions.observe, ringingAlarm(house, log, registry)];
  const host = createHost({
    mount: { answer: (request, trouble) => house.storage.perRequest(() => mount.answer(request, trouble)) },
    surroundings: surroundingsOf(config, outside),
    limits: config.http,
    ...readTls(config),
    nextId: () => house.randomness.text(SUPPORT_CODE),
    stopwatch: () => performance.now(),
    watch: await warningOfAddresses(house, log, registry),
    observe(id, outcome, took) {
      for (const tell of observers) tell(id, outcome, took);
    },
  });
  const operations = { house, registry, host };
  const leaveTaking = new LeaveTaking();
  addOperations({ ...operations, leaveTaking });
  addAssets(host);
  await house.regulars.learn(house);
  await warmUp(house, log);
  const url = await host.listen({ host: config.host, port: config.port });
  outside.url = withPort(config, Number(new URL(url).port)).publicUrl;
  const stopMetrics = await listenForMetrics(operations);
  const stopChores = startChores(house, log);
  if (isPrintingCodes(config)) log.warn('DEVELOPMENT ONLY: codes are printed on standard output instead of being sent');
  log.info({ url }, 'listening');
  return {
    url,
    endpoints: mount.endpoints,
    async close() {
      await leaveTaking.begin({ server: host.server, timer: house.timer, delaySeconds: config.shutdownDelaySeconds });
      stopChores();
      await drain(host, config.drainSeconds);
      await rulebook.errands.finished();
      await stopMetrics();
      await decisions.stop();
      await house.close();
      log.info('closed');
    },
  };
}

/** Says what the machine can do, for whoever has to know how many servers it takes. */
async function warmUp({ passwords }: House, log: Logger): Promise<void> {
  await passwords.warmUp();
  const { concurrency, hashMs, safePerSecond } = passwords.stats();
  const hash = Math.round(hashMs * 10) / 10;
  log.info({ threads: concurrency, hashMs: hash, safeLoginsPerSecond: safePerSecond }, 'passwords can be hashed');
}

/** Nobody could set a password; better to say so now. */
async function assertBlocklist({ blocklist }: House): Promise<void> {
  const problem = await blocklist.problem();
  if (problem !== undefined) throw new Error(`will not start: password.blocklistFile: ${problem}`);
}

interface Outside {
  readonly url: string;
}

function surroundingsOf({ http, trustedProxies }: Config, outside: Outside): Surroundings {
  return {
    trustedProxies: new TrustedProxies(trustedProxies),
    limits: { depth: http.depth, fields: http.fields },
    get publicOrigin() {
      return new URL(outside.url).origin;
    },
  };
}

function watchersOf({ clock, stores }: House, registry: Registry | undefined, log: Logger): Watchers {
  const { allowances } = stores;
  return {
    codes: registry === undefined ? UNWATCHED : measuringCodes({ registry, allowances, clock }),
    onFault: (fault) => log.error({ fault: describeFault(fault) }, 'an errand failed'),
  };
}

interface Mounting {
  readonly outside: Outside;
  readonly rulebook: Rulebook;
}

function mountDialects(house: House, dialects: readonly Dialect[], { outside, rulebook }: Mounting): Mount {
  const { config, clock } = house;
  return new Mount({
    ...rulebook,
    dialects,
    fallback: api,
    // Checked against the dialect's own schema when the configuration was loaded.
    settingsOf: (name) => config.dialects[name] as unknown as CommonSettings,
    clock,
    get publicUrl() {
      return outside.url;
    },
    timeZone: config.timeZone,
    passwordMaxLength: config.password.max,
    assertTransport: (request) => assertTransport(request, config),
  });
}

/** Whoever sent secrets in clear is told so, and never redirected: the next request would carry them in clear again. */
function assertTransport(request: IncomingRequest, config: Config): void {
  if (request.isSecure || config.insecureHttp) return;
  const isOnThisMachine = !request.isForwarded && isLoopback(request.source.address);
  if (!isOnThisMachine) throw new Refusal('transport.insecure');
}

function readTls({ tls }: Config): { tls?: { cert: string; key: string } } {
  if (tls.cert === '') return {};
  return { tls: { cert: readFileSync(tls.cert, 'utf8'), key: readFileSync(tls.key, 'utf8') } };
}

/** Waits for what is in flight, and after so many seconds cuts what is left. */
async function drain(host: FastifyInstance, seconds: number): Promise<void> {
  const cut = setTimeout(() => host.server.closeAllConnections(), seconds * 1000);
  try {
    await host.close();
  } finally {
    clearTimeout(cut);
  }
}
