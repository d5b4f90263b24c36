// What a mount does with requests: the order of its questions, and that nothing leaves it that the dialect did not word.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Refusal, type RefusalCode } from '#core';
import { flowsThat, parrot, PARROT_SETTINGS, parrotMount } from '#tests/support/parrot';
import { describe, expect, it } from 'vitest';
import type { AnyRow, CommonSettings, Dialect } from './dialect.ts';
import { IncomingRequest } from './incoming.ts';
import type { Mount, MountDeps } from './mount.ts';
import { TrustedProxies } from './source-address.ts';

const SECRET = 'p-secret-of-the-test';

function request(on: string, headers: Readonly<Record<string, string>> = {}, body = ''): IncomingRequest {
  const [method, url] = on.split(' ');
  const raw = Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
  const surroundings = {
    trustedProxies: new TrustedProxies([]),
    limits: { depth: 4, fields: 64 },
    publicOrigin: 'https://login.example.org',
  };
  return new IncomingRequest('r-1', raw, { bytes: Buffer.from(body), surroundings });
}

const said = request('POST /parrot/say', {}, '{"a":"1"}');

const isOf = async (mount: Mount, of = said, trouble?: Refusal): Promise<string> => {
  const { answer } = await mount.answer(of, trouble);
  return `${answer.status} ${answer.body}`;
};

const refusing = (code: RefusalCode) => (): never => {
  throw new Refusal(code);
};

describe('a call that goes well', () => {
  it('is answered by its row', async () => {
    const { answer, dialect, endpoint, refusal, fault } = await parrotMount().answer(said);

    expect([answer.body, dialect, endpoint, refusal, fault]).toEqual([
      '{"is":"fine"}',
      'parrot',
      'parrot.say',
      undefined,
      undefined,
    ]);
  });

  it('is told who called and how', async () => {
    const calls: unknown[] = [];
    const flows = flowsThat((ask, call) => {
      calls.push(ask, call);
      return Promise.resolve({ isChallengeDue: false });
    });

    await parrotMount({ flows }).answer(said);

    expect(calls).toEqual([
      { a: '1' },
      {
        requestId: 'r-1',
        dialect: 'parrot',
        endpoint: 'parrot.say',
        realm: 'main',
        policy: 'documented',
        source: said.source,
        isGone: expect.toSatisfy((isGone: () => boolean) => !isGone()) as () => boolean,
      },
    ]);
  });
});

describe('the order of the questions', () => {
  const closed = { assertOpen: refusing('endpoint.closed') };
  const clear = refusing('transport.insecure');
  const trouble = new Refusal('input.malformed');
  const flows = flowsThat(refusing('account.disabled'));

  it.each<[string, Partial<MountDeps>, Refusal | undefined]>([
    ['transport.insecure', { assertTransport: clear, switches: closed, flows }, trouble],
    ['endpoint.closed', { switches: closed, flows }, trouble],
    ['input.malformed', { flows }, trouble],
    ['account.disabled', { flows }, undefined],
  ])('answers %s first', async (code, deps, before) => {
    expect(await isOf(parrotMount(deps), said, before)).toBe(`422 {"is":"${code}"}`);
  });

  it('R-107 refuses in clear before anything of the request is read', async () => {
    const mount = parrotMount({
      assertTransport: clear,
      dialects: [{ ...parrot, rows: parrot.rows.map((row) => ({ ...row, reads: refusing('app.exists') })) }],
    });

    expect(await isOf(mount)).toBe('422 {"is":"transport.insecure"}');
  });
});

describe('a throw that nobody foresaw', () => {
  const thrown = new TypeError(`cannot read ${SECRET}`);
  const fails = (): never => {
    throw thrown;
  };
  const withRow = (row: Partial<AnyRow<CommonSettings>>): Partial<MountDeps> => ({
    dialects: [{ ...parrot, rows: parrot.rows.map((each) => ({ ...each, ...row }) as AnyRow<CommonSettings>) }],
  });

  it.each<[string, Partial<MountDeps>]>([
    ['the flow', { flows: flowsThat(fails) }],
    ['the flow, later', { flows: flowsThat(() => Promise.reject(thrown)) }],
    ['the reader', withRow({ reads: fails })],
    ['the writer', withRow({ writes: fails })],
    ['the switches', { switches: { assertOpen: () => Promise.reject(thrown) } }],
    ['the check of the transport', { assertTransport: fails }],
    [
      'the wording of a refusal',
      {
        flows: flowsThat(refusing('server.busy')),
        dialects: [{ ...parrot, refusals: { ...parrot.refusals, busy: fails } }],
      },
    ],
    ['the choice of the row', withRow({ when: fails })],
    ['the spelling of the path', { dialects: [{ ...parrot, rows: [], canonicalPath: fails }] }],
  ])('R-103 in %s becomes the one answer to faults', async (_, deps) => {
    const { answer, fault } = await parrotMount(deps).answer(said);

    expect([answer.status, answer.body, fault]).toEqual([500, '{"is":"fault"}', thrown]);
  });

  it('is answered in its own words by a row that has some', async () => {
    const rows = parrot.rows.map((row) => ({
      ...row,
      fails: () => ({ status: 500, body: 'own' }),
    })) as typeof parrot.rows;
    const flows = flowsThat(() => Promise.reject(thrown));

    expect(await isOf(parrotMount({ flows, dialects: [{ ...parrot, rows }] }))).toBe('500 own');
  });

  it('R-103 that is no error becomes the same answer', async () => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what others throw is theirs
    const mount = parrotMount({ flows: flowsThat(() => Promise.reject('a text')) });

    expect(await isOf(mount)).toBe('500 {"is":"fault"}');
  });

  it('R-103 in finding the app of a page costs only the leave to read the answer', async () => {
    const named: Dialect = { ...parrot, cors: { allowsAnyOrigin: true, appId: () => 'app-1' } };
    const mount = parrotMount({ dialects: [named], gate: { find: () => Promise.reject(thrown) } });

    const { answer, fault } = await mount.answer(request('POST /parrot/say', { origin: 'https://evil.example' }));

    expect([answer.body, fault]).toEqual(['{"is":"fine"}', undefined]);
  });
});

describe('a refusal', () => {
  const refusedWith = (row: AnyRow<CommonSettings>['refuses'], refusals: Partial<Dialect['refusals']> = {}) =>
    parrotMount({
      flows: flowsThat(refusing('account.disabled')),
      dialects: [
        {
          ...parrot,
          refusals: { ...parrot.refusals, ...refusals },
          rows: parrot.rows.map((each) => ({ ...each, ...(row && { refuses: row }) })),
        },
      ],
    });
  const words = (body: string) => () => ({ status: 200, body });

  it('is worded by its row and code, its row and kind, its code, its kind, in this order', async () => {
    const byCode = { 'account.disabled': words('row, code'), forbidden: words('row, kind') };
    const ofDialect = { 'account.disabled': words('code'), forbidden: words('kind') };

    expect(await isOf(refusedWith(byCode, ofDialect))).toBe('200 row, code');
    expect(await isOf(refusedWith({ forbidden: words('row, kind') }, ofDialect))).toBe('200 row, kind');
    expect(await isOf(refusedWith(undefined, ofDialect))).toBe('200 code');
    expect(await isOf(refusedWith(undefined, { forbidden: words('kind') }))).toBe('200 kind');
  });

  it('is told apart from an answer', async () => {
    const { refusal, endpoint } = await refusedWith(undefined).answer(said);

    expect([refusal?.code, endpoint]).toEqual(['account.disabled', 'parrot.say']);
  });
});

describe('an unknown call', () => {
  it.each(['GET /parrot/nothing', 'PUT /parrot/say', 'HEAD /parrot/say', 'TRACE /parrot/say', 'OPTIONS /parrot/say'])(
    'is %s',
    async (on) => {
      expect(await isOf(parrotMount(), request(on))).toBe('422 {"is":"route.unknown"}');
    },
  );

  it('is no endpoint', async () => {
    const { endpoint, dialect } = await parrotMount().answer(request('GET /parrot/nothing'));

    expect([dialect, endpoint]).toEqual(['parrot', undefined]);
  });
});

describe('a page that asks leave', () => {
  const asks = (origin: string, on = 'OPTIONS /parrot/say') =>
    request(on, { origin, 'access-control-request-method': 'POST' });
  const friend = 'https://friend.example.org';
  const befriended = { settingsOf: () => ({ ...PARROT_SETTINGS, origins: [friend] }) };

  it('R-66 gets it when its origin is on the list', async () => {
    const { answer } = await parrotMount(befriended).answer(asks(friend));

    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': friend,
      'access-control-allow-methods': 'GET, POST',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    ['for an origin that is not on the list', 'https://evil.example', 'OPTIONS /parrot/say'],
    ['for a call that does not exist', friend, 'OPTIONS /parrot/nothing'],
  ])('R-66 is told that there is nothing %s', async (_, origin, on) => {
    expect(await isOf(parrotMount(befriended), asks(origin, on))).toBe('422 {"is":"route.unknown"}');
  });
});

describe('the endpoints', () => {
  it('are named after dialect and act, each once', () => {
    const twice: Dialect = {
      ...parrot,
      rows: [...parrot.rows, ...parrot.rows.map((row) => ({ ...row, on: ['POST /parrot/again' as const] }))],
    };

    expect(parrotMount({ dialects: [twice] }).endpoints).toEqual(['parrot.say']);
  });
});
