// The program itself on PostgreSQL: servers in processes of their own, one of them killed, and the operator's commands beside them.
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { ChildServer, understudy } from '#tests/support/child-server';
import { containing } from '#tests/support/matchers';
import { aPassword, aUsername } from '#tests/support/people';
import { FreshDatabase } from '#tests/support/postgres';
import { newFolder, noteSecret } from '#tests/support/run-folder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { crew, unlessCutOff } from '../chaos/world.ts';
import { type AppKey, Visitor } from '../support/visitor.ts';
import { soon } from './soon.ts';

let database: FreshDatabase;
let dataDir: string;
let env: Readonly<Record<string, string>>;
let app: AppKey;

beforeAll(async () => {
  database = await FreshDatabase.make();
  dataDir = newFolder('data');
  env = {
    UNDERSTUDY_DATABASE_URL: database.url,
    UNDERSTUDY_BUDGETS_NAMES_FAILURES: '1000000',
    UNDERSTUDY_BUDGETS_SOURCE_FAILURES: '1000000',
    UNDERSTUDY_DIALECTS_SHOPXO_CAPTCHA: 'never',
    UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never',
  };
  const { out } = await understudy(['app', 'add', 'checker', '--json'], { dataDir, env });
  app = { id: 'checker', signature: (JSON.parse(out) as AppKey).signature };
  noteSecret(app.signature);
});
afterAll(() => database.drop());

const aServer = (): Promise<ChildServer> => ChildServer.start([], { dataDir, env });

async function aPerson(): Promise<{ readonly username: string; readonly password: string }> {
  const person = { username: aUsername(), password: aPassword() };
  const words = ['account', 'add', '--username', person.username, '--password-stdin'];
  const { code, err } = await understudy(words, { dataDir, env, input: person.password });
  if (code !== 0) throw new Error(err);
  return person;
}

describe('killing one of two servers', () => {
  it('R-38 R-96 loses no acknowledged token and no counted failure', { timeout: 120_000 }, async () => {
    const [person, victim] = await Promise.all([aPerson(), aPerson()]);
    const [doomed, other] = await Promise.all([aServer(), aServer()]);
    const [there, here] = [new Visitor(doomed.port, app), new Visitor(other.port, app)];
    for (const _ of Array(4).keys()) await there.weidu(victim.username, 'wrong-password');
    const tokens: string[] = [];
    let isOver = false;
    const storm = crew(
      8,
      () => isOver,
      async () => {
        const visit = await unlessCutOff(there.weidu(person.username, person.password));
        if (visit !== undefined) tokens.push(visit.token ?? 'none');
      },
    );

    await soon(() => tokens.length >= 20);
    isOver = true;
    await doomed.kill();
    await Promise.all(storm);
    const live = await Promise.all(tokens.map((token) => here.isLive(token)));
    const fifth = await here.weidu(victim.username, 'wrong-password');
    const right = await here.weidu(victim.username, victim.password);

    for (const token of tokens) noteSecret(token);
    expect(live).toEqual(tokens.map(() => true));
    expect([fifth.code, right.code]).toEqual([40013, 40021]);
  });
});

describe('the operator beside a server', () => {
  it('R-57 ends a session that the server then refuses within a second', { timeout: 120_000 }, async () => {
    const person = await aPerson();
    const visitor = new Visitor((await aServer()).port, app);
    const { token = '' } = await visitor.weidu(person.username, person.password);
    noteSecret(token);
    const before = await visitor.isLive(token);

    const { code } = await understudy(['session', 'revoke', person.username], { dataDir, env });
    const tookMs = await soon(async () => !(await visitor.isLive(token)));

    expect([before, code]).toEqual([true, 0]);
    expect(tookMs).toBeLessThan(1000);
  });

  it('is told by the doctor that the database is well, and what looks after its files', async () => {
    const { out } = await understudy(['doctor', '--database-url', database.url], { dataDir });

    expect(out).toMatch(/fine +database +reachable, writable and migrated/);
    expect(out).toContain('pg_amcheck');
  });

  it('is told in one line which tools make a copy and bring it back', async () => {
    const file = join(newFolder('data'), 'copy.db');

    const [backup, restore] = await Promise.all(
      ['backup', 'restore'].map((word) => understudy([word, file, '--database-url', database.url], { dataDir })),
    );

    expect(backup).toMatchObject({ code: 2, err: containing('pg_dump') });
    expect(restore).toMatchObject({ code: 2, err: containing('pg_restore') });
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('R-105 starts no server without the keys of the database', async () => {
    const { code, err } = await understudy(['serve', '--port', '0'], { env });

    expect([code, err]).toEqual([1, containing('the keys of this store are missing')]);
  });

  it('is told in one line when there is no PostgreSQL, and nothing of its password', async () => {
    const url = `postgres://nobody:${aPassword()}@127.0.0.1:1/nowhere`;

    const { code, out, err } = await understudy(['account', 'list', '--database-url', url], { dataDir });

    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('error: the database is out of reach: connect ECONNREFUSED 127.0.0.1:1\n');
  });
});
