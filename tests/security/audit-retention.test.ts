// How long the past is kept: long enough for the law, no longer than the operator says, and bounded in any case.
import { describe, expect, it } from 'vitest';

import { sealAudit, verifyAudit } from '#core';

import { retiring } from '../../src/main/retention.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { StoreFile } from '../support/store-file.ts';
import { talk } from '../support/talk.ts';

/** What the server does every minute, in the order in which it does it. */
async function keepHouse({ house }: TestServer): Promise<void> {
  const { clock, digests, stores } = house;
  await sealAudit({ audit: stores.audit, clock, digests })();
  await retiring(house)();
}

/** A day, minute by minute as far as the records can tell. */
async function aDayGoesBy(server: TestServer): Promise<void> {
  server.clock.advance('1d');
  await keepHouse(server);
}

async function daysGoBy(server: TestServer, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) await aDayGoesBy(server);
}

const signIn = (server: TestServer, login_id: string) =>
  talk(server.port, {
    path: '/weidu/api/v1/users/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login_id, password: aPassword() }),
  });

const rows = (server: TestServer, table: string): number => new StoreFile(server).count(table);

describe('the audit trail as time goes by', () => {
  it('R-93 holds an event on day 179, and no more when its retention and a day are over', async () => {
    const server = await startServer({ settings: { 'audit.retentionDays': 180 } });
    await server.addAccount({ username: aUsername() });

    await daysGoBy(server, 179);
    const onDay179 = rows(server, 'audit_events');
    await daysGoBy(server, 2);
    const afterwards = rows(server, 'audit_events');
    await server.close();

    expect([onDay179, afterwards]).toEqual([1, 0]);
  });

  it('R-93 keeps what is younger, and what is kept still verifies', async () => {
    const server = await startServer({ settings: { 'audit.retentionDays': 180 } });
    await server.addAccount({ username: aUsername() });
    await daysGoBy(server, 100);
    await server.addAccount({ username: aUsername() });
    await daysGoBy(server, 100);

    const { stores, digests } = server.house;
    const verdict = await verifyAudit({ audit: stores.audit, digests })();
    await server.close();

    expect(verdict).toMatchObject({ segments: 1, sealed: 1, dropped: 1, problems: [] });
  });

  it('R-93 holds events for 400 days unless told otherwise', async () => {
    const server = await startServer();
    await server.addAccount({ username: aUsername() });

    await daysGoBy(server, 399);
    const onDay399 = rows(server, 'audit_events');
    await daysGoBy(server, 2);
    const afterwards = rows(server, 'audit_events');
    await server.close();

    expect([onDay399, afterwards]).toEqual([1, 0]);
  });

  it('R-93 keeps what was tampered with no longer, and lets it lie about its age neither way', async () => {
    const server = await startServer({ settings: { 'audit.retentionDays': 180 } });
    for (let day = 0; day < 3; day += 1) {
      await server.addAccount({ username: aUsername() });
      await aDayGoesBy(server);
    }
    const file = new StoreFile(server);
    file.run('update audit_segments set last_at = 0 where number = 1');
    await aDayGoesBy(server);
    const early = rows(server, 'audit_events');
    file.run(`update audit_segments set last_at = ${Number.MAX_SAFE_INTEGER} where number = 1`);
    await daysGoBy(server, 181);
    const late = rows(server, 'audit_events');
    await server.close();

    expect([early, late]).toEqual([3, 0]);
  });

  it('R-93 names people in it by pseudonyms only', async () => {
    const server = await startServer();
    const [username, mobile] = [aUsername(), '13544285663'];
    const { id } = await server.addAccount({ username, mobile, password: aPassword() });
    await signIn(server, username);
    await signIn(server, mobile);
    await signIn(server, 'somebody-unknown');

    const { audit } = server.house.stores;
    const told = JSON.stringify(await audit.list(0, 100));
    await server.close();

    expect(told).toContain(id);
    expect([username, mobile, '+86', 'somebody-unknown'].filter((name) => told.includes(name))).toEqual([]);
  });
});

describe('decision records as time goes by', () => {
  it('R-93 go after their retention, with every code that led to them', async () => {
    const server = await startServer({ settings: { 'decisions.retentionDays': 30 } });
    await signIn(server, aUsername());
    await signIn(server, aUsername());
    await expect.poll(() => rows(server, 'decision_codes'), { timeout: 20_000 }).toBe(2);

    await daysGoBy(server, 29);
    const before = [rows(server, 'decisions'), rows(server, 'decision_codes')];
    await daysGoBy(server, 2);
    const after = [rows(server, 'decisions'), rows(server, 'decision_codes')];
    await server.close();

    expect([before, after]).toEqual([
      [1, 2],
      [0, 0],
    ]);
  });

  it('are bounded in number, so that a flood cannot fill the disk', async () => {
    const server = await startServer({ settings: { 'decisions.maxRecords': 1000 } });
    const { stores, clock } = server.house;
    const record = (number: number) => ({
      record: {
        id: `record ${number}`,
        refusal: 'route.unknown',
        source: `source ${number}`,
        dialect: 'api',
        count: 1,
        firstAt: clock.now() + number,
        lastAt: clock.now() + number,
      } as const,
      codes: [{ code: `code ${number}`, number: 1 }],
    });
    await stores.decisions.record(Array.from({ length: 2500 }, (_, number) => record(number)));

    await keepHouse(server);

    const [oldest, newest] = [await stores.decisions.find('code 1499'), await stores.decisions.find('code 2499')];
    const left = [rows(server, 'decisions'), rows(server, 'decision_codes')];
    await server.close();
    expect(left).toEqual([1000, 1000]);
    expect([oldest, newest?.id]).toEqual([undefined, 'record 2499']);
  });

  it('R-89 R-93 hold nothing of what a client sent: no name, no password, no path', async () => {
    const server = await startServer();
    const app = await server.addApp({ id: 'shop' });
    const secret = aPassword();
    const name = 'somebody-with-a-name';
    const sends = [
      { path: `/weidu/api/v1/users/login`, body: JSON.stringify({ login_id: name, password: secret }) },
      { path: `/weidu/api/v1/users/login`, body: JSON.stringify({ [name]: secret }) },
      { path: `/api/user/login?user=${name}&pass=${secret}&appid=${name}&signature=${secret}`, method: 'GET' },
      { path: `/api/user/login`, body: JSON.stringify({ appid: app.id, signature: secret, user: name, pass: secret }) },
      { path: `/${name}/${secret}`, method: 'GET' },
      { path: `/api/v1/tokens/introspect`, headers: { authorization: `Basic ${btoa(`${name}:${secret}`)}` } },
    ];
    for (const said of sends) await talk(server.port, { headers: { 'content-type': 'application/json' }, ...said });
    await expect.poll(() => rows(server, 'decision_codes'), { timeout: 20_000 }).toBe(sends.length);

    const columns = ['refusal', 'field', 'key', 'remark', 'source', 'dialect', 'endpoint', 'app_id'];
    const told = JSON.stringify(columns.map((column) => new StoreFile(server).column('decisions', column)));
    await server.close();

    expect(told).toContain('shop');
    expect([secret, name].filter((text) => told.includes(text))).toEqual([]);
  });
});
