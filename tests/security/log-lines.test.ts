// One answer, one record: nothing a client sends can write a line of its own.
import { readFileSync } from 'node:fs';

import { logOf, recordOf } from '#tests/support/log-file';
import { talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, startWorld, type World } from '../laws/somebody.ts';
import { SPEAKERS } from '../laws/speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { trustedProxies: ['127.0.0.1'], insecureHttp: true } });
});
afterAll(() => world.server.close());

const FORGED = '{"level":30,"msg":"answered","endpoint":"forged.login","refusal":""}';

const TRICKS: readonly string[] = [
  `x\n${FORGED}\n`,
  `x\r\n${FORGED}`,
  `x\u2028${FORGED}`,
  `x\u0085${FORGED}`,
  '"}\n',
  '","refusal":"","endpoint":"forged.login","x":"',
  '\\"},{"level":30,"endpoint":"forged.login"}',
  '\u001b[2K\u001b[1Gforged.login',
  '\u001b]0;forged.login\u0007',
  '\b\b\b\b\bforged.login',
  '\u202edesrever.nigol',
  '%0a%0dforged.login',
  'x'.repeat(200),
];

describe.each(SPEAKERS)('$name', (speaker) => {
  it.each(TRICKS)('R-90 writes one record, whatever the name: %j', async (trick) => {
    const before = logOf(world.server).length;

    const heard = await world.signIn(
      speaker,
      { ...aStranger(), password: trick },
      { fields: { [speaker.who]: trick, [trick]: trick } },
    );

    const records = logOf(world.server).slice(before);
    expect(records.map(({ endpoint, id }) => [endpoint, id])).toEqual([
      [speaker.name, heard.headers['x-support-code']],
    ]);
  });
});

describe('other things a client says', () => {
  const latin1 = (text: string): string =>
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replaceAll(/[\0\r\n]/g, '?');

  it.each(TRICKS)('R-90 write one record: paths, agents, origins and hops with %j', async (trick) => {
    const before = logOf(world.server).length;
    const target = encodeURIComponent(trick).slice(0, 500);
    const headers = ['User-Agent', 'Referer', 'Origin', 'X-Forwarded-For', 'Cookie', 'X-Request-Id'].map(
      (name) => `${name}: ${latin1(trick)}`,
    );

    const heard = await talkRaw(
      world.server.port,
      `GET /weidu/${target}?${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers.join('\r\n')}\r\n\r\n`,
    );

    expect([200, 400]).toContain(heard.status);
    expect(logOf(world.server).length - before).toBe(heard.text.includes('x-support-code') ? 1 : 0);
  });

  it('R-90 leave a log without control characters and without forged endpoints', () => {
    const log = readFileSync(world.server.logFile, 'utf8');

    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    expect(/[\0-\t\v-\u001f\u007f-\u009f\u2028\u2029\u202e]/.test(log)).toBe(false);
    expect(logOf(world.server).filter(({ endpoint }) => endpoint === 'forged.login')).toEqual([]);
  });
});

describe('a support code', () => {
  it('R-90 names one record, made by us whatever the client sends', async () => {
    const heard = await talk(world.server.port, {
      path: '/weidu/api/v1/users/login',
      headers: { 'x-support-code': 'mine', 'x-request-id': 'mine', 'request-id': 'mine' },
      body: '{}',
    });

    expect(heard.headers['x-support-code']).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
    expect(recordOf(world.server, heard.headers['x-support-code'])).toHaveLength(1);
  });
});
