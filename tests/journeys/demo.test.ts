// The first minute with the program: the demo shows five commands that work as they stand, shows them once, and can be taken away again.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { ChildServer, type Ended, plainEnvironment, understudy } from '../support/child-server.ts';
import { matching } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder, noteSecret } from '../support/run-folder.ts';

const run = promisify(execFile);
const ALL_SHOWN = /demo remove/;

/** The commands a person would paste. */
function commandsIn(printed: string): readonly string[] {
  return printed.split('\n').filter((line) => line.startsWith('curl '));
}

/** Pastes a command into a shell; what it prints. */
async function paste(command: string): Promise<string> {
  const { stdout } = await run('/bin/sh', ['-c', command], { env: plainEnvironment() });
  return stdout;
}

async function pasteAll(commands: readonly string[]): Promise<readonly string[]> {
  const outputs: string[] = [];
  for (const command of commands) outputs.push(await paste(command));
  return outputs;
}

/** Passwords and signatures that the commands hold. */
function secretsIn(commands: readonly string[]): readonly string[] {
  const found = commands.flatMap((command) =>
    [...command.matchAll(/(?:pass|password|pwd|signature)"?[=:]"?([0-9A-Za-z]{20,})/g)].map(
      ([, secret = '']) => secret,
    ),
  );
  for (const secret of found) noteSecret(secret);
  return [...new Set(found)];
}

async function accountsIn(dataDir: string): Promise<number> {
  const { out } = await understudy(['account', 'list', '--json'], { dataDir });
  return (JSON.parse(out) as { accounts: readonly unknown[] }).accounts.length;
}

async function appsIn(dataDir: string): Promise<number> {
  const { out } = await understudy(['app', 'list', '--json'], { dataDir });
  return (JSON.parse(out) as { apps: readonly unknown[] }).apps.length;
}

describe('starting with --demo on an empty store', () => {
  it('prints five commands, each of which signs in as it stands', async () => {
    const server = await ChildServer.start(['--demo']);
    const commands = commandsIn(await server.prints(ALL_SHOWN));

    const [user, admin, weidu, noBase, shopxo, ...more] = await pasteAll(commands);

    expect(more).toEqual([]);
    expect(JSON.parse(user ?? '')).toEqual({
      status: 200,
      token: matching(/^.{20,}$/),
      code: '10000',
      result: 'Login successful',
      data: {},
    });
    expect(JSON.parse(admin ?? '')).toMatchObject({
      status: 200,
      code: '10000',
      data: { user_id: matching(/^\d{3}\*{11}[\dX]{4}$/) },
    });
    expect(weidu).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\ntoken: [a-z0-9]{26}\r\n[^]*\r\n\r\n\{"code":200,"result":"ok",/i,
    );
    expect(JSON.parse(noBase ?? '')).toMatchObject({
      code: 200,
      msg: 'success',
      data: { username: 'demo', token: matching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.parse(shopxo ?? '')).toMatchObject({
      msg: '登录成功',
      code: 0,
      data: { token: matching(/^[0-9a-f]{32}$/) },
    });
    expect(secretsIn(commands)).toHaveLength(2);
  });

  it('shows the secrets this once', async () => {
    const first = await ChildServer.start(['--demo']);
    const commands = commandsIn(await first.prints(ALL_SHOWN));
    const secrets = secretsIn(commands);
    const { out: firstOut } = await first.stop();

    const second = await ChildServer.start(['--demo', '--port', String(first.port)], { dataDir: first.dataDir });
    const printed = await second.prints(ALL_SHOWN);
    const answers = await pasteAll(commands);
    const { out } = await second.stop();

    expect(secrets.filter((secret) => !firstOut.includes(secret))).toEqual([]);
    expect(commandsIn(printed)).toEqual([]);
    expect(secrets.filter((secret) => out.includes(secret))).toEqual([]);
    expect(answers.filter((answer) => !/"code":(?:"10000"|200|0)/.test(answer))).toEqual([]);
  });

  it('R-69 makes one demo, however many start at once', async () => {
    const dataDir = newFolder('data');
    const starts = Array.from({ length: 4 }, () =>
      ChildServer.start(['--demo'], { dataDir }).catch((reason: unknown) => String(reason)),
    );

    const outcomes = await Promise.all(starts);

    const running = outcomes.filter((outcome) => typeof outcome !== 'string');
    expect(running).toHaveLength(1);
    expect(outcomes.filter((outcome) => typeof outcome === 'string' && !outcome.includes('another server'))).toEqual(
      [],
    );
    expect(await accountsIn(dataDir)).toBe(1);
    expect(await appsIn(dataDir)).toBe(1);
  });
});

describe('removing the demo', () => {
  it('takes account, app and sessions away while the server runs', async () => {
    const server = await ChildServer.start(['--demo']);
    const commands = commandsIn(await server.prints(ALL_SHOWN));

    const removed = await understudy(['demo', 'remove'], { dataDir: server.dataDir });

    const answers = await pasteAll(commands);
    expect(removed).toMatchObject({ code: 0, err: '', out: 'the demo account and app are removed\n' });
    expect(answers.filter((answer) => /"code":(?:"10000"|200|0)\b/.test(answer))).toEqual([]);
    expect(await accountsIn(server.dataDir)).toBe(0);
    expect(await appsIn(server.dataDir)).toBe(0);
  });

  it('lets the next start make a new one, with other secrets', async () => {
    const first = await ChildServer.start(['--demo']);
    const before = secretsIn(commandsIn(await first.prints(ALL_SHOWN)));
    await first.stop();
    await understudy(['demo', 'remove'], { dataDir: first.dataDir });

    const second = await ChildServer.start(['--demo'], { dataDir: first.dataDir });
    const after = secretsIn(commandsIn(await second.prints(ALL_SHOWN)));

    expect(after).toHaveLength(2);
    expect(after.filter((secret) => before.includes(secret))).toEqual([]);
  });

  it('says so when there is none', async () => {
    const { code, out } = await understudy(['demo', 'remove']);

    expect({ code, out }).toEqual({ code: 0, out: 'there is no demo\n' });
  });
});

describe('starting with --demo where it has no business', () => {
  it('makes nothing beside a real account', async () => {
    const dataDir = newFolder('data');
    await understudy(['account', 'add', '--username', aUsername(), '--password-stdin'], {
      dataDir,
      input: aPassword(),
    });

    const server = await ChildServer.start(['--demo'], { dataDir });
    const printed = await server.prints(/no demo was made/);

    expect(commandsIn(printed)).toEqual([]);
    expect(await accountsIn(dataDir)).toBe(1);
    expect(await appsIn(dataDir)).toBe(0);
  });

  it('refuses an address that others can reach, and makes nothing', async () => {
    const dataDir = newFolder('data');

    const { code, err }: Ended = await understudy(
      ['serve', '--demo', '--host', '0.0.0.0', '--port', '0', '--insecure-http'],
      { dataDir },
    );

    expect(code).toBe(1);
    expect(err).toMatch(/^error: will not start: [^\n]*demo[^\n]*loopback[^\n]*\n$/);
    expect(await accountsIn(dataDir)).toBe(0);
  });
});

describe('starting without --demo', () => {
  it('R-69 has no account, no app and no way in', async () => {
    const server = await ChildServer.start();

    expect(server.printed).toBe('');
    expect(await accountsIn(server.dataDir)).toBe(0);
    expect(await appsIn(server.dataDir)).toBe(0);
  });
});
