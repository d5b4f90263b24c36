// A dialect that says what happened to it, and a host that speaks it: for tests of the wire alone.
import type { Flows } from '#core';
import {
  type Answer,
  createHost,
  defineDialect,
  dialectSettings,
  type HostLimits,
  json,
  Mount,
  type Outcome,
  TrustedProxies,
  Type,
} from '#wire';
import type { FastifyInstance } from 'fastify';

import type { CommonSettings, Dialect } from '../../src/wire/dialect.ts';
import type { MountDeps } from '../../src/wire/mount.ts';

const is = (what: string, status = 200): Answer => json({ is: what }, status);

/** What refusals look like: their code, so that a test can tell them apart. */
const refusing = ({ code }: { readonly code: string }): Answer => is(code, 422);

/** Its answers are `{"is":"…"}`: `fine`, a refusal's code, or `fault`. */
export const parrot: Dialect = defineDialect({
  name: 'parrot',
  settings: dialectSettings('en', { word: Type.String({ default: 'fine' }) }),
  prefixes: ['/parrot/'],
  rows: [
    {
      endpoint: 'say',
      on: ['GET /parrot/say', 'POST /parrot/say'],
      does: 'describeSignIn',
      reads: (request) => ({ ...request.query(), ...request.body('json', 'form') }),
      writes: () => is('fine'),
    },
  ],
  refusals: {
    absent: refusing,
    busy: refusing,
    challenge: refusing,
    closed: refusing,
    conflict: refusing,
    expired: refusing,
    forbidden: refusing,
    malformed: refusing,
    mismatch: refusing,
    throttled: refusing,
    unauthenticated: refusing,
    unknown: refusing,
  },
  fault: () => is('fault', 500),
  cors: { allowsAnyOrigin: false },
});

/** The settings every dialect has. */
export const PARROT_SETTINGS: CommonSettings = { policy: 'documented', locale: 'en', realm: 'main', origins: [] };

/** Flows of which only one is ever asked. */
export function flowsThat(describeSignIn: Flows['describeSignIn']): Flows {
  const unasked = (): never => {
    throw new Error('nobody asks for this');
  };
  return {
    changePassword: unasked,
    checkIdentifier: unasked,
    deleteAccount: unasked,
    describeAccount: unasked,
    describeSignIn,
    endOtherSessions: unasked,
    endSession: unasked,
    exportAccount: unasked,
    introspectToken: unasked,
    introspectTokens: unasked,
    join: unasked,
    listSessions: unasked,
    passChallenge: unasked,
    poseChallenge: unasked,
    registerAccount: unasked,
    resetPassword: unasked,
    sendCode: unasked,
    showPicture: unasked,
    showReference: unasked,
    signInWithCode: unasked,
    signInWithPassword: unasked,
    signOut: unasked,
    signUp: unasked,
    updateProfile: unasked,
    admitAccount: unasked,
    admitApp: unasked,
    changeApp: unasked,
    endSessions: unasked,
    expelAccount: unasked,
    expelApp: unasked,
    freeAccount: unasked,
    listAccounts: unasked,
    listApps: unasked,
    listEndpoints: unasked,
    readAccount: unasked,
    readApp: unasked,
    readBudgets: unasked,
    readDecision: unasked,
    readSessions: unasked,
    readTrail: unasked,
    renewPassword: unasked,
    renewSignature: unasked,
    reviseAccount: unasked,
    switchEndpoint: unasked,
  };
}

/** Everything a mount needs, for the parrot alone; whoever wants it different says what differs. */
export function parrotMount(given: Partial<MountDeps> = {}): Mount {
  return new Mount({
    dialects: [parrot],
    fallback: parrot,
    settingsOf: () => PARROT_SETTINGS,
    flows: flowsThat(() => Promise.resolve({ isChallengeDue: false })),
    switches: { assertOpen: () => Promise.resolve() },
    gate: { find: () => Promise.resolve(undefined) },
    clock: { now: () => 0 },
    publicUrl: 'https://login.example.org',
    timeZone: 'Asia/Shanghai',
    passwordMaxLength: 256,
    assertTransport: () => undefined,
    ...given,
  });
}

const LIMITS: HostLimits = {
  bodyBytes: 65_536,
  urlBytes: 8192,
  headersTimeoutMs: 8000,
  requestTimeoutMs: 15_000,
  keepAliveMs: 5000,
  maxRequestsPerSocket: 0,
  maxConnectionsPerSource: 256,
};

/** What may differ from an ordinary host. */
export interface ParrotWish {
  readonly mount?: Mount;
  readonly limits?: Partial<HostLimits>;
  /** Is told of every answer as well. */
  readonly observe?: (id: string, outcome: Outcome, took: number) => void;
}

/** A host that listens, and what became of every request it was asked. */
export class ParrotHost {
  readonly outcomes: Outcome[] = [];
  readonly #app: FastifyInstance;

  constructor({ mount = parrotMount(), limits = {}, observe }: ParrotWish = {}) {
    this.#app = createHost({
      mount,
      surroundings: {
        trustedProxies: new TrustedProxies([]),
        limits: { depth: 4, fields: 64 },
        publicOrigin: 'https://login.example.org',
      },
      limits: { ...LIMITS, ...limits },
      nextId: () => 'r-1',
      stopwatch: () => 0,
      watch: () => undefined,
      observe: (id, outcome, took) => {
        this.outcomes.push(outcome);
        observe?.(id, outcome, took);
      },
    });
  }

  /** A route that is no dialect's, as the operations are. */
  addRoute(path: string, answer: () => string): void {
    this.#app.get(path, (_request, reply) => reply.send(answer()));
  }

  /** The port. */
  async listen(): Promise<number> {
    const url = await this.#app.listen({ host: '127.0.0.1', port: 0 });
    return Number(new URL(url).port);
  }

  async close(): Promise<void> {
    this.#app.server.closeAllConnections();
    await this.#app.close();
  }
}
