// The command `move` without a PostgreSQL: what it refuses, and a move between two files.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { CommandLine } from '../support/command-line.ts';
import { containing } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder } from '../support/run-folder.ts';

const misuse = (part: string): unknown => ({ code: 2, out: '', err: containing(part) });
const refused = (part: string): unknown => ({ code: 1, out: '', err: containing(part) });

const aFile = (): string => `sqlite:${join(newFolder('data'), 'elsewhere.db')}`;

async function withSomebody(): Promise<{ readonly line: CommandLine; readonly username: string }> {
  const line = new CommandLine();
  const username = aUsername();
  await line.addAccount(['--username', username], aPassword());
  return { line, username };
}

describe('saying where a store moves', () => {
  it('is misused without a place, with the place it is at, and with one of no known engine', async () => {
    const line = new CommandLine();

    const nowhere = await line.run(['move']);
    const here = await line.run(['move', '--to', 'sqlite']);
    const unknown = await line.run(['move', '--to', 'mysql://db.example.com/understudy']);

    expect([nowhere, here, unknown]).toEqual([
      misuse('say --to or --from'),
      misuse('there already'),
      misuse('a database is named'),
    ]);
  });
});

describe('moving a store', () => {
  it('takes every account along and closes the store it leaves', async () => {
    const { line, username } = await withSomebody();
    const to = aFile();

    const moved = await line.run(['move', '--to', to]);
    const left = await line.run(['account', 'list']);
    const arrived = await line.run(['account', 'show', username, '--database-url', to]);

    expect(moved).toMatchObject({ code: 0, err: '', out: containing('keys.json') });
    expect(left).toEqual(refused(`has moved to ${to}`));
    expect(arrived).toMatchObject({ code: 0, out: containing(username) });
  });

  it('carries the number the next account gets, and the trail of what happened', async () => {
    const { line } = await withSomebody();
    const to = aFile();
    await line.run(['move', '--to', to]);

    const next = await line.addAccount(['--username', aUsername(), '--database-url', to], aPassword());
    const acts = await line.run(['audit', 'export', '--database-url', to]);

    expect(next['number']).toBe(2);
    expect(acts.out.match(/"act":"[^"]+"/g)).toEqual([
      '"act":"account.create"',
      '"act":"store.move"',
      '"act":"account.create"',
    ]);
  });

  it('comes back when it is asked to replace what it left, which is kept aside', async () => {
    const { line, username } = await withSomebody();
    const to = aFile();
    await line.run(['move', '--to', to]);

    const without = await line.run(['move', '--from', to]);
    const back = await line.json(['move', '--from', to, '--replace']);
    const shown = await line.run(['account', 'show', username]);

    expect(without).toEqual(refused('say --replace'));
    expect(back).toMatchObject({ isResumed: false, caughtUp: 0 });
    expect(shown.code).toBe(0);
    expect(readdirSync(line.dataDir)).toContain('understudy.db.replaced');
  });

  it('does not touch a store that is in use', async () => {
    const [{ line }, other] = await Promise.all([withSomebody(), withSomebody()]);

    const moved = await line.run(['move', '--to', `sqlite:${join(other.line.dataDir, 'understudy.db')}`]);
    const shown = await other.line.run(['account', 'show', other.username]);

    expect(moved).toEqual(refused('has been used already'));
    expect(shown.code).toBe(0);
  });

  it('cannot be given up once it is over', async () => {
    const { line } = await withSomebody();
    const to = aFile();
    await line.run(['move', '--to', to]);

    expect(await line.run(['move', '--to', to, '--cancel'])).toEqual(refused('move it back from there'));
  });
});
