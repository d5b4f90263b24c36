// The copies our documents speak of: made by PostgreSQL's own tools beside running servers, and brought back into another database.
import { spawnSync } from 'node:child_process';

import { ChildServer, understudy } from '#tests/support/child-server';
import { aPassword, aUsername } from '#tests/support/people';
import { FreshDatabase } from '#tests/support/postgres';
import { newFolder } from '#tests/support/run-folder';
import { Visitor } from '#tests/support/visitor';
import { expect, it, onTestFinished } from 'vitest';

/** As `docs/operating/backup.md` has them. */
const DUMP = 'pg_dump --format=custom --file=understudy.dump "$DATABASE_URL"';
const RESTORE = 'pg_restore --no-owner --exit-on-error --dbname="$NEW_DATABASE_URL" understudy.dump';

async function aDatabase(): Promise<FreshDatabase> {
  const database = await FreshDatabase.make();
  onTestFinished(() => database.drop());
  return database;
}

it(
  'is brought back into another database, where everybody signs in with the same keys',
  { timeout: 180_000 },
  async () => {
    const [database, another, dataDir] = [await aDatabase(), await aDatabase(), newFolder('data')];
    const person = { username: aUsername(), password: aPassword() };
    const env = { UNDERSTUDY_DATABASE_URL: database.url };
    const words = ['account', 'add', '--username', person.username, '--password-stdin'];
    const added = await understudy(words, { dataDir, env, input: person.password });

    const variables = { ...process.env, DATABASE_URL: database.url, NEW_DATABASE_URL: another.url };
    const [dumped, restored] = [DUMP, RESTORE].map((command) =>
      spawnSync('/bin/sh', ['-c', command], { cwd: dataDir, env: variables, encoding: 'utf8' }),
    );
    const server = await ChildServer.start([], { dataDir, env: { UNDERSTUDY_DATABASE_URL: another.url } });
    const { code } = await new Visitor(server.port).weidu(person.username, person.password);

    expect([added.code, dumped?.status, dumped?.stderr, restored?.status, restored?.stderr]).toEqual([0, 0, '', 0, '']);
    expect(code).toBe(200);
  },
);
