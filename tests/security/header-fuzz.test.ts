// Ten thousand strange sets of headers: no fault, no crash, no login, and an answer to each.
import { connect } from 'node:net';

import { logOf } from '#tests/support/log-file';
import { StoreFile } from '#tests/support/store-file';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld({
    settings: { trustedProxies: ['127.0.0.1'], insecureHttp: true, 'http.maxRequestsPerSocket': 0 },
  });
  person = await invite(world);
});
afterAll(() => world.server.close());

const NAMES = [
  'Authorization',
  'Cookie',
  'Content-Type',
  'Content-Encoding',
  'Origin',
  'Referer',
  'User-Agent',
  'Accept',
  'Accept-Language',
  'X-Forwarded-For',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'X-Real-IP',
  'Forwarded',
  'Client-IP',
  'Via',
  'Token',
  'X-CSRF-Token',
  'Sec-Fetch-Site',
  'Sec-Fetch-Mode',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
  'Range',
  'If-None-Match',
  'Upgrade',
  'HTTP2-Settings',
  'TE',
  'Trailer',
  'Expect',
  'Keep-Alive',
  'Proxy-Connection',
  '__proto__',
  'constructor',
  'toString',
  'X',
];

const WORDS = [
  'Bearer',
  'Basic',
  'Digest',
  'Bearer ',
  'Basic !!!!',
  'Basic Og==',
  'Basic OjpvOg==',
  'Basic /w==',
  'Negotiate',
  'null',
  'undefined',
  'a=b',
  '=;=;',
  'weichuangAUTHTOKEN=a; weichuangAUTHTOKEN=b',
  '"',
  "'",
  '\\',
  ';',
  ',',
  ',,,',
  '\t',
  '%00',
  '%ff',
  '%0d%0a',
  '${jndi:x}',
  '::ffff:1.2.3.4',
  '[::1]:80',
  '1.2.3.4:99999',
  '999.1.1.1',
  'for="[::1]";proto=https',
  'unknown',
  '::',
  'fe80::1%eth0',
  '1',
  '-1',
  '1e9',
  'application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'a/b;c="d',
  'text/html;charset=gbk',
  'gzip',
  'identity',
  'deflate',
  'https://a.example',
  'http://',
  'null',
  '*',
  'cross-site',
  'same-origin',
  'https',
  'http',
  'POST',
  'é',
  '\xff',
  '\x80\xfe',
  'ÿþ',
];

/** Everything one byte can say in a header without ending it. */
const PRINTABLE = Array.from({ length: 0xe0 }, (_, index) => String.fromCharCode(0x20 + index)).filter(
  (letter) => letter !== '\u007f',
);

const value = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join('')),
  fc.constantFrom(...WORDS).map((word) => word.repeat(100)),
  fc.array(fc.constantFrom(...PRINTABLE), { maxLength: 40 }).map((letters) => letters.join('')),
);
const headers = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { minLength: 1, maxLength: 12 });
const requests = fc.record({ headers, target: fc.nat(9), method: fc.constantFrom('POST', 'POST', 'GET', 'OPTIONS') });

type FuzzedRequest = typeof requests extends fc.Arbitrary<infer Request> ? Request : never;

const TARGETS = SPEAKERS.flatMap(({ path, unknownPath }) => [path, unknownPath]);

function bytesOf({ headers: fuzzed, target, method }: FuzzedRequest): string {
  const body = method === 'POST' ? '{"a":"b"}' : '';
  const lines = [
    `${method} ${TARGETS[target]} HTTP/1.1`,
    'Host: a',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return `${[...lines, ...fuzzed.map(([name, text]) => `${name}: ${text}`)].join('\r\n')}\r\n\r\n${body}`;
}

/** The status of the answer; 0 when the server hung up without one. */
function statusOf(bytes: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(world.server.port, '127.0.0.1');
    let text = '';
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Number(/HTTP\/1\.1 (?!100)(\d{3})/.exec(text)?.[1] ?? 0)));
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

async function askAll(samples: readonly FuzzedRequest[]): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const queue = [...samples];
  const ask = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const status = await statusOf(bytesOf(next));
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  return counts;
}

describe('strange headers', () => {
  it('R-87 are answered, ten thousand sets of them, without a fault and without a login', async () => {
    const sessions = new StoreFile(world.server).count('sessions');

    const counts = await askAll(fc.sample(requests, { numRuns: 10_000, seed: 87 }));

    const statuses = [...counts.keys()].toSorted((left, right) => left - right);
    expect(statuses.filter((status) => status === 0 || status >= 500)).toEqual([]);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(counts.get(200)).toBeGreaterThan(1000);
    expect(logOf(world.server).filter(({ level }) => Number(level) >= 50)).toEqual([]);
    expect(new StoreFile(world.server).count('sessions')).toBe(sessions);
  });

  it.each(SPEAKERS)('R-87 do not keep anybody from logging in to $name', async (speaker: Speaker) => {
    const strange = {
      authorization: 'Basic !!!!',
      cookie: '=;=; weichuangAUTHTOKEN=a; weichuangAUTHTOKEN=b',
      'user-agent': 'é\x80'.repeat(200),
      'accept-language': ';;;q=,',
      'x-forwarded-for': 'unknown, "\\", ,',
      'if-none-match': '"',
    };

    expect(speaker.tokenIn(await world.signIn(speaker, person, { headers: strange }))).toBeDefined();
  });
});
