// Whatever a client sends, valid or not, what comes back is described: every operation, from the description itself.
import { Mailbox } from '#tests/support/mailbox';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AppKey } from '#tests/support/visitor';

import { Cast, ROOMY } from './cast.ts';
import { DESCRIPTION, type Operation, OPERATIONS, misfit, surprise } from './described.ts';
import { allowedBy, damaged, type Known, type Schema } from './made-by-schema.ts';

const RUNS = 12;

/** Chance may miss a few. */
const MOST_MISSED = 3;

let server: TestServer;
let cast: Cast;

beforeAll(async () => {
  server = await startServer({ couriers: new Mailbox(), settings: ROOMY });
  cast = await Cast.gather(server);
});
afterAll(() => server.close());

type Fields = Readonly<Record<string, unknown>>;

/** What an operation is sent: parameters by place, and the body. */
interface Sent {
  readonly path: Fields;
  readonly query: Fields;
  readonly header: Fields;
  readonly body: unknown;
}

function sentTo(operation: Operation, known: Known): fc.Arbitrary<Sent> {
  const workshop = { schemas: DESCRIPTION.components.schemas, known };
  const place = (where: string): fc.Arbitrary<Fields> => {
    const parameters = (operation.parameters ?? []).filter((each) => each.in === where);
    const members = parameters.map(({ name, schema }) => [name, allowedBy(schema, workshop, name)] as const);
    const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true });
  };
  const body = bodySchemaOf(operation);
  return fc.record(
    {
      path: place('path'),
      query: place('query'),
      header: place('header'),
      body: body === undefined ? fc.constant(undefined) : allowedBy(body, workshop),
    },
    { noNullPrototype: true },
  );
}

/** A call that takes no body is broken by any. */
function isValidBody(operation: Operation, body: unknown): boolean {
  const schema = bodySchemaOf(operation);
  return schema !== undefined && misfit(schema, body) === undefined;
}

const bodySchemaOf = ({ requestBody }: Operation): Schema | undefined =>
  requestBody?.content['application/json']?.schema;

/** Only what can stand in a header at all. */
const headerText = (value: unknown): string => String(value).replaceAll(/[^\x21-\x7e]/g, '-');

function send(
  operation: Operation,
  { path, query, header, body }: Sent,
  authorization: AppKey | string | undefined,
): Promise<Heard> {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const headers = Object.fromEntries(Object.entries(header).map(([name, value]) => [name, headerText(value)]));
  return talk(server.port, {
    method: operation.method,
    path: search === '' ? filled : `${filled}?${search}`,
    headers: {
      ...headers,
      ...authorizationOf(authorization),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? '' : JSON.stringify(body),
  });
}

function authorizationOf(credential: AppKey | string | undefined): Readonly<Record<string, string>> {
  if (credential === undefined) return {};
  if (typeof credential === 'string') return { authorization: `Bearer ${credential}` };
  return { authorization: `Basic ${Buffer.from(`${credential.id}:${credential.signature}`).toString('base64')}` };
}

/** Every operation by its call. */
const CALLS = OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

/** A GET with a body does not even get here: its framing is open to two readings. */
const placesIn = ({ method }: Operation): readonly ('body' | 'query')[] =>
  method === 'GET' ? ['query'] : ['query', 'body'];

/** Calls that went well at least once. */
const gone = new Set<string>();

/** Operations whose right answer takes more than chance brings about: a code that was sent, a challenge that was solved, a refusal that was noted. */
const HARD_TO_HIT = [
  'POST /api/v1/password-resets',
  'POST /api/v1/challenges/answers',
  'GET /api/v1/admin/decisions/{code}',
];

describe.each(CALLS)('%s', (name, operation) => {
  it('answers as it is described, whatever valid request comes', { timeout: 120_000 }, async () => {
    const law = fc.asyncProperty(fc.gen(), async (make) => {
      const { credential, known } = await cast.standIn(operation);

      const heard = await send(operation, make(sentTo, operation, known), credential);

      expect(surprise(operation, heard)).toBeUndefined();
      if (heard.status < 300) gone.add(name);
      cast.heard(heard.status);
    });

    await fc.assert(law, { numRuns: RUNS, endOnFailure: true });
  });

  it('R-77 refuses what is not described, and says so as it is described', { timeout: 120_000 }, async () => {
    const law = fc.asyncProperty(fc.gen(), async (make) => {
      const { credential, known } = await cast.standIn(operation);
      const sent = make(sentTo, operation, known);
      const place = make(() => fc.constantFrom(...placesIn(operation)));
      const broken: Sent = {
        ...sent,
        [place]: place === 'query' ? { ...sent.query, unknown: '1' } : make(damaged, sent.body),
      };

      const heard = await send(operation, broken, credential);

      const isBroken = place === 'query' || !isValidBody(operation, broken.body);
      expect(surprise(operation, heard)).toBeUndefined();
      expect(isBroken ? heard.status : 400).toBe(400);
      cast.heard(heard.status);
    });

    await fc.assert(law, { numRuns: RUNS, endOnFailure: true });
  });

  it('R-67 answers as it is described to whoever brings nothing, or something else', async () => {
    const law = fc.asyncProperty(
      fc.gen(),
      fc.constantFrom(undefined, 'x', 'a'.repeat(43), { id: 'app-1', signature: 'wrong' }),
      async (make, credential) => {
        const { known } = await cast.standIn(operation);

        const heard = await send(operation, make(sentTo, operation, known), credential);

        const isOpen = operation.security.length === 0;
        expect(surprise(operation, heard)).toBeUndefined();
        expect(isOpen || heard.status === 400 ? 401 : heard.status).toBe(401);
      },
    );

    await fc.assert(law, { numRuns: 5, endOnFailure: true });
  });
});

describe('all of them together', () => {
  it('have gone well here and there, so that what is described of that was seen', () => {
    const missed = CALLS.map(([name]) => name).filter((name) => !gone.has(name) && !HARD_TO_HIT.includes(name));

    expect(missed.length).toBeLessThanOrEqual(MOST_MISSED);
  });
});
