// Whose attempts are counted: nobody gets more of them by saying where they come from.
import { randomBytes, randomInt } from 'node:crypto';

import { CommandLine } from '#tests/support/command-line';
import { logOf } from '#tests/support/log-file';
import { aUsername } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, type Said, talk } from '#tests/support/talk';
import { describe, expect, it, onTestFinished } from 'vitest';

const LIMIT = 5;
const TOKEN = 'a'.repeat(40);
const LOGIN = '/weidu/api/v1/users/login';
const THROTTLED = '"code":40021';

async function aServer(settings: Readonly<Record<string, unknown>> = {}): Promise<TestServer> {
  const server = await startServer({
    settings: {
      'dialects.weidu.captcha': 'never',
      'budgets.source.failures': LIMIT,
      'budgets.subnet.failures': 1_000_000,
      'metrics.token': TOKEN,
      ...settings,
    },
  });
  onTestFinished(() => server.close());
  return server;
}

/** Guesses at somebody nobody has heard of. */
const guess = ({ port }: TestServer, headers: Said['headers'] = {}, from = '127.0.0.1'): Promise<Heard> =>
  talk(port, {
    path: LOGIN,
    headers,
    from,
    body: JSON.stringify({ login_id: aUsername(), password: 'not-this-password' }),
  });

/** How many of these guesses are answered before the first is throttled; -1 when none is. */
async function answered(server: TestServer, guesses: readonly Said['headers'][], from?: string): Promise<number> {
  const heard: Heard[] = [];
  for (const headers of guesses) heard.push(await guess(server, headers, from));
  expect(heard.every(({ status }) => status < 500)).toBe(true);
  return heard.findIndex(({ body }) => body.includes(THROTTLED));
}

const anAddress = (): string => Array.from({ length: 4 }, () => randomInt(1, 255)).join('.');

const NAMES = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'client-ip',
  'x-client-ip',
  'true-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'x-originating-ip',
  'via',
];

/** Two hundred headers: those that carry addresses, and names nobody has heard of, with another address each time. */
const twoHundredHeaders = (): Said['headers'] => {
  const unheardOf = Array.from({ length: 200 - NAMES.length }, () => `x-${randomBytes(6).toString('hex')}`);
  const said = [...NAMES, ...unheardOf].map(
    (name) => [name, name === 'forwarded' ? `for=${anAddress()}` : anAddress()] as const,
  );
  return Object.fromEntries(said);
};

const spoofed = (count: number): readonly Said['headers'][] => Array.from({ length: count }, twoHundredHeaders);

describe('a client that speaks to us directly', () => {
  it('R-34 meets the limit at the same guess with and without two hundred headers', async () => {
    const server = await aServer();

    const plain = await answered(
      server,
      Array.from({ length: LIMIT + 3 }, () => ({})),
      '127.0.5.1',
    );
    const dressed = await answered(server, spoofed(LIMIT + 3), '127.0.6.1');

    expect([plain, dressed]).toEqual([LIMIT, LIMIT]);
  });
});

const BEHIND = { trustedProxies: ['127.0.0.1'], insecureHttp: true };

describe('a client behind a proxy we trust', () => {
  /** Every way in which 203.0.113.9 may stand at the right end of the list. */
  const spellings = (): readonly string[] => [
    '203.0.113.9',
    `${anAddress()}, ${anAddress()}, 203.0.113.9`,
    '1.1.1.1,\t203.0.113.9 \t',
    '203.0.113.9:51234',
    '::ffff:203.0.113.9',
    '::FFFF:cb00:7109',
    '[::ffff:203.0.113.9]:443',
    '0:0:0:0:0:ffff:203.0.113.9',
    `${Array.from({ length: 300 }, anAddress).join(', ')}, 203.0.113.9`,
    'a"><script>, ;;;, 203.0.113.9',
  ];

  it('R-34 meets the limit whatever it writes to the left, and however its address is spelled', async () => {
    const server = await aServer(BEHIND);
    const all = spellings();

    const first = await answered(
      server,
      all.map((list) => ({ 'x-forwarded-for': list })),
    );
    const other = await guess(server, { 'x-forwarded-for': '203.0.113.9, 203.0.113.10' });

    expect(first).toBe(LIMIT);
    expect(other.body).not.toContain(THROTTLED);
  });

  it('R-34 meets the limit with any address of its IPv6 network', async () => {
    const server = await aServer(BEHIND);
    const network = [
      '2001:db8:7::1',
      '2001:DB8:7:0:ffff::2',
      '[2001:db8:7::3]:443',
      '2001:0db8:0007::4',
      '2001:db8:7::5%eth0',
      '2001:db8:7::6',
      '2001:db8:7::7',
    ];

    const first = await answered(
      server,
      network.map((address) => ({ 'x-forwarded-for': address })),
    );
    const neighbour = await guess(server, { 'x-forwarded-for': '2001:db8:7:1::1' });

    expect(first).toBe(LIMIT);
    expect(neighbour.body).not.toContain(THROTTLED);
  });

  it('R-34 gains nothing by a list nobody can read', async () => {
    const server = await aServer(BEHIND);
    const garbage = [
      '',
      ',',
      'unknown',
      '_hidden',
      '203.0.113.9/24',
      '0313.0.0161.011',
      '3405803785',
      'for=203.0.113.9',
      '"',
      '203.0.113.256',
    ];

    expect(
      await answered(
        server,
        garbage.map((list) => ({ 'x-forwarded-for': list })),
      ),
    ).toBe(LIMIT);
  });

  it('R-34 gains nothing by sending the list several times or under other names', async () => {
    const server = await aServer(BEHIND);
    const guesses = Array.from({ length: LIMIT + 3 }, () => ({
      'x-forwarded-for': [anAddress(), `${anAddress()}, 203.0.113.9`],
      'x-real-ip': anAddress(),
      forwarded: `for=${anAddress()}`,
    }));

    expect(await answered(server, guesses)).toBe(LIMIT);
  });
});

describe('addresses that cannot be right', () => {
  const metricsOf = async ({ port }: TestServer): Promise<string> =>
    (await talk(port, { method: 'GET', path: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })).body;
  const warningsIn = (server: TestServer): readonly string[] =>
    logOf(server)
      .filter(({ oddity }) => oddity !== undefined)
      .map(({ msg }) => String(msg));
  const calls = (server: TestServer, count: number, headers: Said['headers'] = {}): Promise<readonly Heard[]> =>
    Promise.all(
      Array.from({ length: count }, () => talk(server.port, { method: 'GET', path: '/weidu/nothing', headers })),
    );
  const doctorOf = async ({ dataDir }: TestServer): Promise<string> =>
    (await new CommandLine({}, dataDir).run(['doctor'])).out;

  it('R-34 are told of once when a proxy was left out of the list: in log, metrics and doctor', async () => {
    const server = await aServer();

    await calls(server, 5, { 'x-forwarded-for': '203.0.113.9' });

    expect(warningsIn(server)).toHaveLength(1);
    expect(warningsIn(server)[0]).toMatch(/^127\.0\.0\.1 sends forwarding headers but is not in trustedProxies/);
    expect(await metricsOf(server)).toContain('understudy_client_address_odd{oddity="unbelieved"} 1');
    expect(await doctorOf(server)).toMatch(/note +addresses +127\.0\.0\.1 sends forwarding headers/);
  });

  it('R-34 are told of when everybody seems to be one, and forgotten with the next start', async () => {
    const server = await startServer({ settings: { 'metrics.token': TOKEN } });
    for (let round = 0; round < 20; round += 1) await calls(server, 60);

    expect(warningsIn(server)).toHaveLength(1);
    expect(warningsIn(server)[0]).toMatch(/^every request seems to come from 127\.0\.0\.1/);
    expect(await metricsOf(server)).toContain('understudy_client_address_odd{oddity="single"} 1');
    expect(await doctorOf(server)).toContain('every request seems to come from 127.0.0.1');

    await server.close();
    const { dataDir } = await startServer({ dataDir: server.dataDir }).then(async (again) => {
      onTestFinished(() => again.close());
      return again;
    });
    expect(await doctorOf({ dataDir } as TestServer)).not.toContain('every request seems');
  });

  it('R-34 are not told of while nothing is odd', async () => {
    const server = await aServer(BEHIND);
    await calls(server, 10, { 'x-forwarded-for': '203.0.113.9' });

    expect(warningsIn(server)).toEqual([]);
    expect(await metricsOf(server)).toContain('understudy_client_address_odd{oddity="unbelieved"} 0');
  });
});
