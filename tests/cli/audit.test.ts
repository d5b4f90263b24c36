// What an operator learns from the audit trail and the decision records, beside a running server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { sealAudit } from '#core';
import type { JsonObject, JsonValue } from '#core';

import { StoreFile } from '../support/store-file.ts';
import { hideTable } from '../support/engine.ts';
import { CommandLine } from '../support/command-line.ts';
import { containing, holding, matching } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { noteSecret } from '../support/run-folder.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Heard, talk, talkJson } from '../support/talk.ts';
import type { AppKey } from '../support/visitor.ts';

const HOUR_AGO = 3_600_000;

/** A server with a trail that was sealed, and its operator. */
async function sealedTrail(accounts: number): Promise<CommandLine> {
  const server = await startServer();
  for (let made = 0; made < accounts; made += 1) await server.addAccount({ username: aUsername() });
  server.clock.advance('1h');
  await sealNow(server);
  await server.close();
  return new CommandLine({}, server.dataDir);
}

async function sealNow({ house, clock }: TestServer): Promise<void> {
  await sealAudit({ audit: house.stores.audit, digests: house.digests, clock })();
}

const linesOf = (out: string): readonly JsonObject[] =>
  out
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);

describe('verifying the audit trail', () => {
  it('says that it is intact, up to which head, and what is not sealed yet', async () => {
    const operator = await sealedTrail(3);
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const verified = await operator.run(['audit', 'verify']);
    const told = (await operator.json(['audit', 'verify'])) as { head?: string };
    const again = await operator.run(['audit', 'verify', '--head', told.head ?? '']);

    expect(verified).toMatchObject({ code: 0, out: containing('intact: 3 rows in 1 segments') });
    expect(told).toMatchObject({ isIntact: true, segments: 1, sealed: 3, unsealed: 1, dropped: 0, problems: [] });
    expect(again.code).toBe(0);
  });

  it('R-92 says what is wrong, ends with 1, and so does the doctor when it is the end', async () => {
    const operator = await sealedTrail(3);
    const file = new StoreFile(operator);

    file.run('delete from audit_events where id = 2');
    const middle = [await operator.run(['audit', 'verify']), await operator.run(['doctor'])];
    file.run('delete from audit_segments');
    const end = [await operator.run(['audit', 'verify', '--json']), await operator.run(['doctor'])];

    expect(middle).toMatchObject([{ code: 1, out: containing('2 rows where 3 were sealed') }, { code: 0 }]);
    expect(end).toMatchObject([
      { code: 1, out: containing('"isIntact":false') },
      { code: 1, out: containing('audit verify') },
    ]);
  });

  it('begins a new chain when the operator gives the old one up, and says so in the trail', async () => {
    const operator = await sealedTrail(3);
    new StoreFile(operator).run('delete from audit_segments');

    const restarted = await operator.run(['audit', 'restart']);

    expect(restarted.code).toBe(0);
    expect(await operator.json(['audit', 'verify'])).toMatchObject({ isIntact: true, head: null, unsealed: 4 });
    expect(linesOf((await operator.run(['audit', 'export'])).out).at(-1)).toMatchObject({ act: 'audit.restart' });
  });

  it('refuses a head that is none, and finds one that is not there', async () => {
    const operator = await sealedTrail(1);

    const misused = await operator.run(['audit', 'verify', '--head', '12']);
    const missing = await operator.run(['audit', 'verify', '--head', `12:${'a'.repeat(43)}`]);

    expect([misused.code, missing.code]).toEqual([2, 1]);
    expect(missing.out).toContain('segment 12 is not the one');
  });
});

describe('exporting the audit trail', () => {
  it('prints every row once, in order, as a line of JSON', async () => {
    const operator = await sealedTrail(1200);

    const { code, out } = await operator.run(['audit', 'export']);

    const lines = linesOf(out);
    expect([code, lines.length]).toEqual([0, 1200]);
    expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
    expect(lines[0]).toMatchObject({ act: 'account.create', outcome: 'success', source: 'cli', at: containing('Z') });
  });

  it('begins after a row or at an instant, beside a running server', async () => {
    const server = await startServer();
    const operator = new CommandLine({}, server.dataDir);
    for (const username of ['ada', 'bob', 'eve']) {
      server.clock.advance('1h');
      await server.addAccount({ username });
    }
    const since = new Date(server.clock.now() - HOUR_AGO).toISOString();

    const after = linesOf((await operator.run(['audit', 'export', '--after', '2', '--json'])).out);
    const late = linesOf((await operator.run(['audit', 'export', '--since', since])).out);
    const misused = await operator.run(['audit', 'export', '--since', 'yesterday']);
    await server.close();

    expect(after.map(({ id }) => id)).toEqual([3]);
    expect(late.map(({ id }) => id)).toEqual([2, 3]);
    expect(misused).toMatchObject({ code: 2, err: containing('--since') });
  });
});

/** Signs in where no challenge ever is due. */
const signIn = (port: number, { id, signature }: AppKey, as: { user: string; pass?: string; from?: string }) =>
  talk(port, {
    path: '/api/user/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appid: id, signature, user: as.user, pass: as.pass ?? aPassword() }),
    from: as.from ?? '127.0.0.1',
  });

const codeOf = ({ headers }: Heard): string => String(headers['x-support-code']);

describe('explaining a refusal', () => {
  it('names the rule, the counter, until when, and the command that ends it', async () => {
    const server = await startServer();
    const operator = new CommandLine({}, server.dataDir);
    const app = await server.addApp({ id: 'shop' });
    const { id } = await server.addAccount({ username: 'ada', password: aPassword() });
    for (let guess = 1; guess <= 5; guess += 1)
      await signIn(server.port, app, { user: 'ada', from: `127.0.0.${guess}` });
    const code = codeOf(await signIn(server.port, app, { user: 'ada', from: '127.0.0.9' }));

    const told = await operator.json(['explain', code]);
    const { out } = await operator.run(['explain', code]);
    await operator.run(['account', 'unlock', id]);
    const unlocked = await operator.json(['explain', code]);
    await server.close();

    expect(told).toMatchObject({
      decision: {
        refusal: 'throttle.account',
        field: 'account',
        key: id,
        count: 1,
        source: '127.0.0.9',
        endpoint: 'nobase.login',
        appId: 'shop',
        retryAfterSeconds: 60,
      },
      counter: { failures: 5 },
      audit: [],
      advice: `understudy account unlock ${id}`,
    });
    expect(out).toMatch(/rule +budgets\.account/);
    expect(out).toMatch(/told to wait +60 s, until 2026-06-15T04:01:00/);
    expect(out).toMatch(/source +127\.0\.0\.9, as the socket has it/);
    expect(unlocked).toMatchObject({ counter: { failures: 0, isLocked: false } });
  });

  it('tells a name nobody has by a keyed digest, and never says the name', async () => {
    const server = await startServer();
    const operator = new CommandLine({}, server.dataDir);
    const name = aUsername();
    const app = await server.addApp();
    for (let guess = 1; guess <= 5; guess += 1) await signIn(server.port, app, { user: name });
    const code = codeOf(await signIn(server.port, app, { user: name }));

    const { out } = await operator.run(['explain', code]);
    await server.close();

    expect(out).toContain('nobody has this name');
    expect(out).not.toContain(name);
  });

  it('says which trusted proxy gave the address, and never believes another', async () => {
    const server = await startServer({ settings: { trustedProxies: '127.0.0.5' } });
    const operator = new CommandLine({}, server.dataDir);
    const ask = (from: string) =>
      talk(server.port, {
        method: 'GET',
        path: '/nowhere',
        headers: { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' },
        from,
      });

    const [believed, liar] = [await ask('127.0.0.5'), await ask('127.0.0.6')];
    const explained = async (heard: typeof believed) => (await operator.json(['explain', codeOf(heard)]))['decision'];
    const decisions = [await explained(believed), await explained(liar)];
    await server.close();

    expect(decisions).toMatchObject([
      { refusal: 'route.unknown', source: '198.51.100.7', forwardedBy: '127.0.0.5' },
      { refusal: 'route.unknown', source: '127.0.0.6' },
    ]);
    expect(decisions[1]).not.toHaveProperty('forwardedBy');
  });

  it('explains each kind of refusal, by what really happened', async () => {
    const server = await startServer({ settings: { 'dialects.nobase.policy': 'strict' } });
    const operator = new CommandLine({}, server.dataDir);
    const app = await server.addApp({ id: 'shop' });
    const noBase = (body: JsonObject) =>
      talkJson(server.port, '/api/user/login', { pass: aPassword(), user: 'x', ...body });
    await server.switchEndpoint('weidu.login', false);
    const heard = [
      await noBase({ appid: app.id, signature: 'wrong' }),
      await noBase({ appid: 'nobody', signature: 'wrong' }),
      await noBase({ appid: app.id, signature: app.signature, user: aUsername() }),
      await talkJson(server.port, '/api/user/login', []),
      await talkJson(server.port, '/weidu/api/v1/users/login', { login_id: 'ada', password: aPassword() }),
    ];

    const decisions: JsonValue[] = [];
    for (const each of heard) decisions.push((await operator.json(['explain', codeOf(each)]))['decision'] ?? null);
    await server.close();

    expect(decisions).toMatchObject([
      { refusal: 'app.signature', appId: 'shop', endpoint: 'nobase.login' },
      { refusal: 'app.unknown' },
      { refusal: 'account.unknown', shown: 'credentials.mismatch', appId: 'shop' },
      { refusal: 'input.malformed', remark: matching(/^[a-z.-]+$/) },
      { refusal: 'endpoint.closed', endpoint: 'weidu.login' },
    ]);
    expect(decisions[1]).not.toHaveProperty('appId');
  });

  it('finds every code of a small flood in one record, and lets no fault into it', async () => {
    const server = await startServer();
    const operator = new CommandLine({}, server.dataDir);
    const heard = await Promise.all(
      Array.from({ length: 80 }, () => talk(server.port, { method: 'GET', path: '/nowhere' })),
    );
    const putBack = await hideTable(server, 'accounts');
    const fault = await talkJson(server.port, '/weidu/api/v1/users/login', { login_id: 'ada', password: aPassword() });
    await putBack();
    const codes = heard.map(codeOf);
    await expect.poll(() => new StoreFile(server).count('decision_codes'), { timeout: 20_000 }).toBe(80);

    const [first, last] = [
      await operator.json(['explain', codes[0] ?? '']),
      await operator.json(['explain', codes[79] ?? '']),
    ];
    const none = await operator.run(['explain', codeOf(fault)]);
    const { house } = server;
    const found = await Promise.all(codes.map((code) => house.stores.decisions.find(code)));
    await server.close();

    expect(first['decision']).toEqual(last['decision']);
    expect(first['decision']).toMatchObject({ refusal: 'route.unknown', count: 80 });
    expect(new Set(found.map((each) => each?.id)).size).toBe(1);
    expect(none).toMatchObject({ code: 1, out: containing('the log') });
  });
});

describe('showing an account', () => {
  it('tells how its budgets stand and how many sources it knows', async () => {
    const operator = new CommandLine();
    const password = aPassword();
    await operator.addAccount(['--username', 'ada'], password);
    const { signature } = (await operator.json(['app', 'add', 'shop'])) as { signature: string };
    noteSecret(signature);
    const port = Number(new URL(await (await operator.serve()).isListening()).port);
    const attempt = (from: string, pass = aPassword()) =>
      signIn(port, { id: 'shop', signature }, { user: 'ada', pass, from });
    await attempt('127.0.0.7', password);
    for (let guess = 0; guess < 2; guess += 1) await attempt('127.0.0.7');
    for (let guess = 0; guess < 5; guess += 1) await attempt('127.0.0.8');

    const told = await operator.json(['account', 'show', 'ada']);
    const { out } = await operator.run(['account', 'show', 'ada']);

    expect(told).toMatchObject({
      knownSources: 1,
      budgets: [
        { kind: 'account', source: '', failures: 5, waits: 1, isLocked: true, lockedUntil: containing('Z') },
        { kind: 'known', source: '127.0.0.7', failures: 2, isLocked: false, lockedUntil: null },
      ],
    });
    expect(out).toMatch(/attempts +5 failures since .*; locked until/);
    expect(out).toMatch(/attempts from 127\.0\.0\.7 +2 failures .*; not locked/);
    expect(out).toMatch(/known sources +1/);
  });
});

describe('a shorter retention than the law of some countries asks for', () => {
  const SHORT = '[audit]\nretentionDays = 179\n';

  it('R-93 is refused, unless it is meant; then the doctor mentions it', async () => {
    const operator = new CommandLine();
    const file = join(operator.dataDir, 'understudy.toml');
    writeFileSync(file, SHORT);
    const refused = await operator.run(['config', 'check', '--config', file]);
    writeFileSync(file, `${SHORT}allowShortRetention = true\n`);

    const allowed = await operator.run(['config', 'check', '--config', file]);
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);
    const { out } = await operator.run(['doctor', '--json', '--config', file]);

    expect(refused).toMatchObject({ code: 1 });
    expect(refused.out + refused.err).toContain('audit.retentionDays');
    expect(allowed.code).toBe(0);
    expect((JSON.parse(out) as JsonObject)['findings']).toEqual(
      expect.arrayContaining([holding({ about: 'audit', verdict: 'note', text: containing('179 days') })]),
    );
  });
});
