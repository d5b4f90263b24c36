// Backup, restore, key rotation and the doctor, on real files and beside a running server.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { CommandLine, run } from '../support/command-line.ts';
import { anIdNumber, aPassword } from '../support/people.ts';
import { newFolder } from '../support/run-folder.ts';
import { containing, holding } from '../support/matchers.ts';

/** Everything in a folder but the keys, as one text of bytes. */
function dump(folder: string): string {
  const files = readdirSync(folder).filter((name) => !name.startsWith('keys'));
  return files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
}

describe('backing up and restoring', () => {
  it('brings everything back, id numbers included, in another place', async () => {
    const operator = new CommandLine();
    const [idNumber, password] = [anIdNumber(), aPassword()];
    await operator.addAccount(['--username', 'ada', '--id-number', idNumber], password);
    await operator.serve();
    const file = join(newFolder('data'), 'backup.db');

    const made = await operator.json(['backup', file, '--with-keys']);
    const other = new CommandLine();
    const restored = await other.json(['restore', file]);

    expect(made).toEqual({ file, keys: `${file}.keys` });
    expect([file, `${file}.keys`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(restored).toEqual({ restored: file, replacedDatabase: null });
    expect(await other.json(['account', 'show', `id-number:${idNumber}`])).toMatchObject({
      identifiers: { username: { text: 'ada' } },
    });
    expect(await (await other.serve()).signsIn('ada', password)).toBe(true);
  });

  it('leaves the keys out unless asked, and refuses a store whose keys are missing', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--id-number', anIdNumber(), '--no-password']);
    const file = join(newFolder('data'), 'backup.db');

    await operator.json(['backup', file]);
    const restored = await new CommandLine().run(['restore', file]);

    expect(existsSync(`${file}.keys`)).toBe(false);
    expect(restored).toMatchObject({ code: 1, err: containing('keys') });
  });

  it('replaces accounts only when told to, and keeps what was there', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);
    const file = join(newFolder('data'), 'backup.db');
    await operator.json(['backup', file]);
    await operator.json(['account', 'add', '--username', 'bob', '--no-password']);

    const refused = await operator.run(['restore', file]);
    const restored = await operator.json(['restore', file, '--replace']);

    expect(refused).toMatchObject({ code: 2, err: containing('--replace') });
    expect(restored['replacedDatabase']).toBe(join(operator.dataDir, 'understudy.db.replaced'));
    expect((await operator.json(['account', 'list']))['accounts']).toHaveLength(1);
  });

  it('refuses while a server runs, a damaged file, and a file that is in the way', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);
    const file = join(newFolder('data'), 'backup.db');
    await operator.json(['backup', file]);
    const damaged = join(newFolder('data'), 'damaged.db');
    writeFileSync(damaged, Buffer.concat([readFileSync(file).subarray(0, 5000), Buffer.alloc(5000, 1)]));
    const server = await operator.serve();

    const whileRunning = await operator.run(['restore', file, '--replace']);
    await server.stop();
    const fromDamaged = await operator.run(['restore', damaged, '--replace']);
    const inTheWay = await operator.run(['backup', file]);

    expect([whileRunning.code, fromDamaged.code, inTheWay.code]).toEqual([1, 1, 2]);
    expect((await operator.json(['account', 'list']))['accounts']).toHaveLength(1);
  });
});

describe('rotating the keys', () => {
  it('R-94 brings every id number under the new keys while people sign in', async () => {
    const operator = new CommandLine();
    const [first, second, password] = [anIdNumber(), anIdNumber(), aPassword()];
    await operator.addAccount(['--id-number', first], password);
    const server = await operator.serve();
    const signIn = async (idNumber: string) =>
      (await server.post('/user/login/login_user_info', { user_id: idNumber, user_password: password }))['code'];
    const keysBefore = readFileSync(join(operator.dataDir, 'keys.json'), 'utf8');

    await operator.addAccount(['--id-number', second], password);
    const rotated = await operator.json(['keys', 'rotate']);
    const after = [await signIn(first), await signIn(second)];
    await server.stop();
    const restarted = await operator.serve();

    expect(rotated).toEqual({ resealed: 2, isResumed: false });
    expect(after).toEqual(['10000', '10000']);
    expect(readFileSync(join(operator.dataDir, 'keys.json'), 'utf8')).not.toBe(keysBefore);
    expect(
      await restarted.post('/user/login/login_user_info', { user_id: first, user_password: password }),
    ).toMatchObject({ code: '10000' });
  });

  it('R-94 takes an import along that began before', async () => {
    const operator = new CommandLine();
    const idNumbers = Array.from({ length: 3000 }, anIdNumber);
    const lines = [...new Set(idNumbers)].map((idNumber) => `${JSON.stringify({ idNumber })}\n`).join('');

    // Two processes: within one, each would wait for the other's transaction while keeping it from going on.
    const [imported, rotated] = await Promise.all([
      run(['account', 'import', '-', '--data', operator.dataDir], { input: lines }),
      run(['keys', 'rotate', '--data', operator.dataDir]),
    ]);

    const again = await operator.json(['account', 'import', '-'], lines);
    expect([imported.code, rotated.code, again['created']]).toEqual([0, 0, 0]);
    expect((await operator.json(['account', 'list', '--limit', '1000']))['accounts']).toHaveLength(1000);
  });

  it('R-94 keeps no id number in any file, neither in clear nor under a digest without a key', async () => {
    const operator = new CommandLine();
    const idNumbers = Array.from({ length: 20 }, anIdNumber);
    const lines = idNumbers.map((idNumber) => `${JSON.stringify({ idNumber })}\n`).join('');
    await operator.json(['account', 'import', '-'], lines);
    await operator.json(['keys', 'rotate']);
    const file = join(newFolder('data'), 'backup.db');
    await operator.json(['backup', file]);

    const bytes = dump(operator.dataDir) + readFileSync(file, 'latin1');

    const digests = idNumbers.flatMap((idNumber) =>
      ['sha256', 'md5', 'sha1', 'sm3'].flatMap((algorithm) => {
        const digest = createHash(algorithm).update(idNumber).digest();
        return [
          digest.toString('hex'),
          digest.toString('base64').replace(/=+$/, ''),
          digest.toString('base64url'),
          digest.toString('latin1'),
        ];
      }),
    );
    expect(bytes.match(/\d{17}[\dXx]/g)).toBeNull();
    expect(digests.filter((digest) => bytes.includes(digest))).toEqual([]);
    expect((await operator.json(['account', 'list', '--limit', '100']))['accounts']).toHaveLength(20);
  });
});

describe('asking the doctor', () => {
  it('finds nothing wrong with a fresh store', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const { code, out } = await operator.run(['doctor', '--json']);

    const { isWell, findings } = JSON.parse(out) as {
      isWell: boolean;
      findings: { about: string; verdict: string; text: string }[];
    };
    expect({ code, isWell }).toEqual({ code: 0, isWell: true });
    expect(findings).toEqual(
      expect.arrayContaining([
        holding({ about: 'database', verdict: 'fine' }),
        holding({ about: 'dialect nobase', verdict: 'note', text: containing('which accounts exist') }),
        holding({ about: 'dialect weidu', verdict: 'note', text: containing('which numbers and addresses') }),
        holding({ about: 'dialect aegisspeed', verdict: 'note', text: containing('which accounts exist') }),
      ]),
    );
  });

  it('makes nothing where there is nothing', async () => {
    const operator = new CommandLine();

    const { code } = await operator.run(['doctor']);

    expect(code).toBe(0);
    expect(readdirSync(operator.dataDir)).toEqual([]);
  });

  it('finds keys that anybody may read, or that are not those of the store', async () => {
    const operator = new CommandLine();
    const other = new CommandLine();
    for (const each of [operator, other]) await each.json(['account', 'add', '--username', 'ada', '--no-password']);
    writeFileSync(join(other.dataDir, 'keys.json'), readFileSync(join(operator.dataDir, 'keys.json')));
    chmodSync(join(operator.dataDir, 'keys.json'), 0o644);

    const findings = [await operator.run(['doctor']), await other.run(['doctor'])];

    expect(findings.map(({ code }) => code)).toEqual([1, 1]);
    expect(findings.map(({ out }) => out)).toEqual([containing('chmod 600'), containing('not those of this store')]);
  });

  it('finds a demo beside real accounts, and a configuration that is wrong', async () => {
    const operator = new CommandLine();
    const server = await operator.serve(['--demo']);
    await expect.poll(() => server.printed.length, { timeout: 5_000 }).toBeGreaterThan(0);
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const withDemo = await operator.run(['doctor']);
    const misconfigured = await new CommandLine({ UNDERSTUDY_KDF_PASSES: '1' }).run(['doctor']);

    expect(withDemo).toMatchObject({ code: 1, out: containing('demo remove') });
    expect(misconfigured).toMatchObject({ code: 1, out: containing('kdf.passes') });
  });
});

describe('showing the configuration', () => {
  it('tells where each value comes from and hides secrets', async () => {
    const operator = new CommandLine({ UNDERSTUDY_METRICS_TOKEN: 'a-token-of-more-than-thirty-two-characters' });

    const { settings } = (await operator.json(['config', 'show'])) as {
      settings?: { key: string; value: unknown; source: string }[];
    };

    expect(settings).toEqual(
      expect.arrayContaining([
        { key: 'metrics.token', value: '[redacted]', source: 'UNDERSTUDY_METRICS_TOKEN' },
        { key: 'dataDir', value: operator.dataDir, source: containing('--data') },
        { key: 'port', value: 8080, source: 'default' },
      ]),
    );
  });
});
