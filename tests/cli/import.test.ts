// Importing accounts from a file: streamed, repeatable, and honest about what was refused.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { JsonValue } from '#core';

import { CommandLine } from '../support/command-line.ts';
import { anIdNumber, aPassword } from '../support/people.ts';
import { newFolder } from '../support/run-folder.ts';
import { matching } from '../support/matchers.ts';

function fileOf(lines: readonly (string | { readonly [key: string]: JsonValue })[]): string {
  const file = join(newFolder('data'), 'accounts.jsonl');
  writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return file;
}

describe('importing accounts', () => {
  it('creates them, and passes over them the second time', async () => {
    const operator = new CommandLine();
    const password = aPassword();
    const file = fileOf([
      { username: 'ada', password },
      { username: 'bob', mobile: '13800138000' },
      { aegisSpeedId: 'ASD000077', roles: ['管理员'] },
    ]);

    const first = await operator.json(['account', 'import', file]);
    const second = await operator.json(['account', 'import', file]);

    expect(first).toEqual({ lines: 3, created: 3, present: 0, refused: 0, refusedLines: [] });
    expect(second).toEqual({ lines: 3, created: 0, present: 3, refused: 0, refusedLines: [] });
    expect(await (await operator.serve()).signsIn('ada', password)).toBe(true);
  });

  it('R-09 lets an imported hash sign in whatever the password was like', async () => {
    const operator = new CommandLine();
    await operator.addAccount(['--username', 'ada'], 'just long enough');
    const { openStorage } = await import('#storage');
    const storage = await openStorage({
      databaseUrl: `sqlite:${join(operator.dataDir, 'understudy.db')}`,
      mode: 'tool',
    });
    const found = await storage.stores.accounts.find('main', [{ kind: 'username', key: 'ada' }]);
    await storage.close();

    const other = new CommandLine({ UNDERSTUDY_PASSWORD_MIN: '20', UNDERSTUDY_PASSWORD_OPERATOR_MIN: '20' });
    const imported = await other.json([
      'account',
      'import',
      fileOf([{ username: 'ada', passwordHash: found?.passwordHash ?? '' }]),
    ]);

    expect(imported).toMatchObject({ created: 1 });
    expect(await (await other.serve()).signsIn('ada', 'just long enough')).toBe(true);
  });

  it('reports refused lines by number and reason, without a word of what they say', async () => {
    const operator = new CommandLine();
    const [secret, idNumber] = [aPassword(), anIdNumber()];
    const kept = join(newFolder('data'), 'refused.jsonl');
    const file = fileOf([
      { username: 'ada' },
      `{"username":"eve","password":"${secret}"`,
      '',
      { username: 'Ada', email: 'other@example.com' },
      { idNumber: `${idNumber.slice(0, 17)}?` },
      { username: 'mallory', passwordHash: `$argon2id$v=19$m=4194304,t=100,p=1$${secret}$x` },
      { usrname: secret },
      { username: 'short', password: 'short' },
      `{"username":"big","profile":{"address":"${'x'.repeat(70_000)}"}}`,
      { username: 'last' },
    ]);

    const { code, out, err } = await operator.run(['account', 'import', file, '--refused', kept]);

    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.split('\n').slice(0, -1)).toEqual([
      '10 lines: 2 created, 0 there already, 7 refused',
      'line 2: input.malformed: not a JSON object',
      'line 4: identifier.taken: username',
      'line 5: identifier.malformed: id_number',
      'line 6: password.malformed: passwordHash: not a hash this server can verify',
      matching(/^line 7: input.malformed: usrname: no such field/),
      'line 8: password.too-short: at least 8 characters',
      'line 9: input.malformed: longer than 64 KiB, or not UTF-8',
    ]);
    expect(
      readFileSync(kept, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { line: number }).line),
    ).toEqual([2, 4, 5, 6, 7, 8, 9]);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(out + readFileSync(kept, 'utf8')).not.toContain(secret);
    expect(out).not.toContain(idNumber.slice(0, 17));
  });

  it('reads from standard input, many lines at a time, beside a running server', async () => {
    const operator = new CommandLine();
    const server = await operator.serve();
    await operator.addAccount(['--username', 'ada'], 'a password of ada');
    const lines = Array.from(
      { length: 2500 },
      (_, index) => `${JSON.stringify({ username: `user${index}`, number: index + 100 })}\n`,
    ).join('');

    const importing = operator.json(['account', 'import', '-'], lines);
    const signedIn = await server.signsIn('ada', 'a password of ada');

    expect(await importing).toMatchObject({ lines: 2500, created: 2500 });
    expect(signedIn).toBe(true);
    expect(await operator.json(['account', 'show', 'user2499'])).toMatchObject({ number: 2599 });
  });
});
