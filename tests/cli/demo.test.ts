// The first start with `--demo`: what it makes, what it prints, and that it never stands beside real accounts.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { CommandLine, run, type ServedProcess } from '../support/command-line.ts';
import { noteSecret } from '../support/run-folder.ts';
import { matching } from '../support/matchers.ts';

const shell = promisify(execFile);

/** The commands it printed, once it has printed them all. */
function commandsOf(server: ServedProcess): readonly string[] {
  return server.printed.filter((line) => line.startsWith('curl '));
}

async function isPrinted(server: ServedProcess): Promise<void> {
  await expect
    .poll(() => server.printed.some((line) => line.includes('demo remove') || line.includes('no demo was made')), {
      timeout: 5_000,
    })
    .toBe(true);
}

describe('starting with the demo on an empty store', () => {
  it('prints five commands that sign in as they stand', async () => {
    const server = await new CommandLine().serve(['--demo']);
    await isPrinted(server);
    const commands = commandsOf(server);

    const answers: string[] = [];
    for (const command of commands) answers.push((await shell('/bin/sh', ['-c', command])).stdout);

    for (const secret of server.printed.join('\n').matchAll(/[A-Za-z0-9]{24,}/g)) noteSecret(secret[0]);
    expect(answers.map((answer) => answer.slice(answer.indexOf('{')))).toEqual([
      matching(/^\{"status":200,"token":"[^"]+","code":"10000"/),
      matching(/^\{"status":200,"token":"[^"]+","code":"10000".*"user_id":"990\*{11}/),
      matching(/^\{"code":200,"result":"ok","user_info"/),
      matching(/^\{"code":200,"msg":"success"/),
      matching(/^\{"msg":"登录成功","code":0/),
    ]);
    expect(answers[2]).toMatch(/^HTTP\/1.1 200/);
  });

  it('shows the secrets once, and says how to make new ones', async () => {
    const operator = new CommandLine();
    const first = await operator.serve(['--demo']);
    await isPrinted(first);
    const code = await first.stop();

    const second = await operator.serve(['--demo']);

    await isPrinted(second);
    expect(code).toBe(0);
    expect(commandsOf(second)).toEqual([]);
    expect(second.printed.join('\n')).toContain('bin/understudy demo remove');
  });

  it('leaves nothing behind when it is removed', async () => {
    const operator = new CommandLine();
    const server = await operator.serve(['--demo']);
    await isPrinted(server);

    const removed = await operator.json(['demo', 'remove']);

    expect(removed).toEqual({ removed: true });
    expect(await operator.json(['account', 'list'])).toEqual({ accounts: [], next: null });
    expect(await operator.json(['app', 'list'])).toEqual({ apps: [] });
    expect(await operator.json(['demo', 'remove'])).toEqual({ removed: false });
  });

  it('R-69 makes one demo when twenty starts race for one data directory', async () => {
    const operator = new CommandLine();
    const starts = Array.from({ length: 20 }, async () => operator.serve(['--demo']));

    const outcomes = await Promise.allSettled(starts);

    const serving = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(serving).toHaveLength(1);
    expect(await operator.json(['account', 'list'])).toMatchObject({
      accounts: [{ identifiers: { username: { text: 'demo' } } }],
      next: null,
    });
  }, 180_000);
});

describe('starting with the demo where it must not be', () => {
  it('makes none beside real accounts, and serves', async () => {
    const operator = new CommandLine();
    await operator.addAccount(['--username', 'ada'], 'a password of ada');

    const server = await operator.serve(['--demo']);

    await isPrinted(server);
    expect(commandsOf(server)).toEqual([]);
    expect(await server.signsIn('ada', 'a password of ada')).toBe(true);
  });

  it('refuses an address that others can reach', async () => {
    const { dataDir } = new CommandLine();

    const { code, err } = await run([
      'serve',
      '--demo',
      '--host',
      '0.0.0.0',
      '--insecure-http',
      '--port',
      '0',
      '--data',
      dataDir,
    ]);

    expect({ code, isSaid: err.includes('loopback') }).toEqual({ code: 1, isSaid: true });
  });
});

describe('starting without the demo', () => {
  it('R-69 makes no account, no app and no password', async () => {
    const operator = new CommandLine();
    const server = await operator.serve();

    const code = await server.stop();

    const bytes = readdirSync(operator.dataDir).map((name) => readFileSync(join(operator.dataDir, name), 'latin1'));
    expect(code).toBe(0);
    expect(bytes.join('')).not.toContain('$argon2');
    expect(await operator.json(['account', 'list'])).toEqual({ accounts: [], next: null });
    expect(await operator.json(['app', 'list'])).toEqual({ apps: [] });
  });

  it('refuses a second server on the same data directory', async () => {
    const operator = new CommandLine();
    await operator.serve();

    await expect(operator.serve()).rejects.toThrow(/ended with 1/);
  });

  it('ends when its port is taken', async () => {
    const first = await new CommandLine().serve();
    const { port } = new URL(await first.isListening());
    const { dataDir } = new CommandLine();

    const { code, err } = await run(['serve', '--port', port, '--data', dataDir]);

    expect({ code, isSaid: err.includes('EADDRINUSE') }).toEqual({ code: 1, isSaid: true });
  });

  it('R-105 refuses plain HTTP beyond loopback', async () => {
    const { dataDir } = new CommandLine();

    const { code, err } = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--data', dataDir]);

    expect({ code, isSaid: err.includes('plain HTTP') }).toEqual({ code: 1, isSaid: true });
  });
});
