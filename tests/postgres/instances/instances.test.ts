// Two servers behind nginx under mixed load: restarted one after the other nobody notices, and what a killed one has acknowledged is there.
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { talk } from '#tests/support/talk';
import { Visitor } from '#tests/support/visitor';
import { describe, expect, it } from 'vitest';

import { soon } from '../soon.ts';
import { Fleet } from './fleet.ts';
import { NO_LOSS, Traffic } from './traffic.ts';

const LONG = { timeout: 180_000 };
const SO_LONG_MS = 2000;
/** `databaseConnections`, and one for news. */
const MOST_CONNECTIONS = 13;

describe('two servers behind a proxy', () => {
  it('R-98 are restarted one after the other without a request that goes wrong', LONG, async () => {
    const fleet = await Fleet.raise();
    const traffic = new Traffic(fleet);
    await traffic.begin();
    await pause(SO_LONG_MS);

    const codes = [await fleet.restart(0), await fleet.restart(1)];
    await pause(SO_LONG_MS);
    await traffic.end();

    expect(codes).toEqual([0, 0]);
    expect(traffic.mishaps).toEqual([]);
    expect(Object.keys(traffic.answered).toSorted()).toEqual(['check', 'guess', 'login', 'registration', 'revocation']);
    expect([await traffic.audit(0), await traffic.audit(1)]).toEqual([NO_LOSS, NO_LOSS]);
  });

  it('R-96 R-97 R-38 R-91 lose nothing that was acknowledged when one of them is killed', LONG, async () => {
    const fleet = await Fleet.raise();
    const traffic = new Traffic(fleet);
    await traffic.begin();
    await Promise.all([traffic.askForCode(), traffic.askForCode()]);
    await pause(SO_LONG_MS);

    await fleet.server(0).kill();
    await pause(SO_LONG_MS);
    await traffic.end();
    const survivor = await traffic.audit(1);
    const verdict = await fleet.order('audit', 'verify');

    // What the killed one was about to answer is all that may go wrong.
    expect(traffic.mishaps.length).toBeLessThanOrEqual(9);
    expect(
      traffic.mishaps.filter(({ got }) => !/^Error: 502$|introspection was refused: 502|not valid JSON/.test(got)),
    ).toEqual([]);
    expect(survivor).toEqual(NO_LOSS);
    expect(verdict).toMatch(/^intact: /m);
  });

  it('R-57 hear of each other within a second', LONG, async () => {
    const fleet = await Fleet.raise();
    const [here, there] = [0, 1].map((which) => new Visitor(fleet.server(which as 0 | 1).port, fleet.app)) as [
      Visitor,
      Visitor,
    ];
    await fleet.order('account', 'add', '--username', 'everywhere', '--no-password');
    const isClosed = async (visitor: Visitor): Promise<boolean> => (await visitor.weidu('nobody', 'x')).code === 4000;
    const isRefused = async (visitor: Visitor): Promise<boolean> =>
      visitor.introspect('a'.repeat(26)).then(
        () => false,
        () => true,
      );

    await fleet.order('endpoint', 'close', 'weidu.login');
    const closedMs = await Promise.all([here, there].map((visitor) => soon(() => isClosed(visitor))));
    await fleet.order('app', 'stop', fleet.app.id);
    const stoppedMs = await Promise.all([here, there].map((visitor) => soon(() => isRefused(visitor))));

    expect(Math.max(...closedMs, ...stoppedMs)).toBeLessThan(1000);
  });

  it('R-104 hold no more files after a load than before it', LONG, async () => {
    const fleet = await Fleet.raise();
    const files = (): readonly number[] =>
      ([0, 1] as const).map((which) => readdirSync(`/proc/${fleet.server(which).pid}/fd`).length);
    const before = files();
    const traffic = new Traffic(fleet);

    await traffic.begin();
    await pause(SO_LONG_MS);
    await traffic.end();
    // Connections that are kept open for the next request end after five seconds, those to the database after thirty.
    await soon(() => files().every((count, which) => count <= (before[which] ?? 0) + MOST_CONNECTIONS));

    expect(traffic.mishaps).toEqual([]);
  });

  it('say that they are leaving while they still serve everybody as ever', LONG, async () => {
    const fleet = await Fleet.raise();
    const { port } = fleet.server(0);
    const ended = fleet.server(0).stop();
    await soon(async () => (await talk(port, { method: 'GET', path: '/readyz' })).status === 503);

    const heard = await talk(port, { method: 'GET', path: '/healthz', headers: { connection: 'keep-alive' } });

    expect([heard.status, heard.headers.connection]).toEqual([200, 'keep-alive']);
    expect((await ended).code).toBe(0);
  });
});
