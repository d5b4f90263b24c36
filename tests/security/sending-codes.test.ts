// What a thousand requests for codes cost: no more than the operator allows, and the operator is told.
import { readFileSync } from 'node:fs';

import { MessageDouble } from '#tests/support/message-double';
import { aMobile } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const METRICS_TOKEN = 'made-up-token-of-the-monitoring-system';
const CAP = 60;

const double = new MessageDouble();
let server: TestServer;
beforeAll(async () => {
  const settings = { ...(await double.open()), 'metrics.token': METRICS_TOKEN, trustedProxies: ['127.0.0.1'] };
  server = await startServer({ settings: { ...settings, insecureHttp: true, 'codes.totalPerDay': CAP } });
});
afterAll(async () => {
  await server.close();
  await double.close();
});

const askFor = (mobile: string, from: string): Promise<Heard> =>
  talk(server.port, {
    path: '/weidu/api/v1/users/mobile/sms',
    headers: { 'x-forwarded-for': from },
    body: JSON.stringify({ mobile }),
  });

async function metric(name: string): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const { body } = await talk(server.port, { method: 'GET', path: '/metrics', headers });
  const line = body.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

/** So many, a hundred of them at once. */
async function many(count: number, act: (turn: number) => Promise<Heard>): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  for (let first = 0; first < count; first += 100) {
    const wave = Array.from({ length: Math.min(100, count - first) }, (_, turn) => act(first + turn));
    heard.push(...(await Promise.all(wave)));
  }
  return heard;
}

const sentTo = (mobile: string): number => double.arrived.filter(({ to }) => to === `+86${mobile}`).length;

describe('a thousand requests for codes', () => {
  it('R-46 get one message to one number, thirty from one source, and what the day allows in all', async () => {
    const victim = aMobile();

    const ofVictim = await many(50, (turn) => askFor(victim, `198.51.100.${turn}`));
    const ofSource = await many(50, () => askFor(aMobile(), '203.0.113.7'));
    const fromSource = double.arrived.length - 1;
    const ofAll = await many(900, (turn) => askFor(aMobile(), `10.${turn >> 8}.${turn & 255}.1`));

    expect(sentTo(victim)).toBe(1);
    expect(fromSource).toBe(30);
    expect(double.arrived).toHaveLength(CAP);
    expect(new Set([...ofVictim, ...ofSource, ...ofAll].map(({ body }) => body))).toEqual(
      new Set([
        '{"code":200,"result":"ok"}',
        '{"code":40001,"result":"一分钟内只能发送一次验证码"}',
        '{"code":40021,"result":"请求过于频繁，请3600秒后再试"}',
        '{"code":40003,"result":"发送验证码失败，请稍后重试"}',
      ]),
    );
  });

  it('R-46 raise one alarm, in the audit and in the figures', async () => {
    const entries = await server.house.stores.audit.list(0, 10_000);

    expect(entries.filter(({ act }) => act === 'codes.guard')).toMatchObject([{ outcome: 'refused', reason: 'total' }]);
    expect(await metric('understudy_code_guards_closed{guard="total"}')).toBe(1);
    expect(await metric('understudy_code_guards_closed{guard="spend"}')).toBe(0);
    expect(await metric('understudy_codes_total{outcome="sent",by="sms"}')).toBe(CAP);
    expect(await metric('understudy_codes_total{outcome="refused",by="source"}')).toBe(20);
  });

  it('R-89 leave neither a number nor a code in the log', () => {
    const log = readFileSync(server.logFile, 'utf8');

    expect(double.arrived.filter(({ to }) => log.includes(to.slice(3)))).toEqual([]);
    expect(log).not.toMatch(/"code":"?\d{6}\b/);
  });
});
