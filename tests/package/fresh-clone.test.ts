// The promise of the README on a machine that has never seen the project: clone, `npm ci && npm start`, paste a command, and it works.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const README_COMMAND = 'npm ci && npm start';
const LONG = { timeout: 600_000 };
const run = promisify(execFile);

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-clone-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a shell of the reader's would have, and nothing of this test run; a free port and a data folder to throw away. */
function readersEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '/tmp', npm_config_registry: registry, npm_config_cache: cache } = process.env;
  return {
    PATH,
    HOME,
    ...(registry !== undefined && { npm_config_registry: registry }),
    ...(cache !== undefined && { npm_config_cache: cache }),
    npm_config_prefer_offline: 'true',
    UNDERSTUDY_PORT: '0',
    UNDERSTUDY_DATA_DIR: join(folder, 'data'),
  };
}

/** Hears what a process prints. */
class Listener {
  readonly #child: ChildProcess;
  #errors = '';
  printed = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
  }

  /** Waits until something printed matches. @throws Error when the process ends without */
  async until(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#child.stdout?.on('data', () => pattern.test(this.printed) && resolve(this.printed));
      this.#child.once('close', (code) => reject(new Error(`ended with ${code}: ${this.#errors}${this.printed}`)));
    });
  }
}

/** Whether any process of the group is left: npm, its shell, or the server. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

describe('a fresh clone', () => {
  it(
    'runs after `npm ci && npm start`, signs in with a printed command, and leaves no process behind',
    LONG,
    async () => {
      const clone = join(folder, 'understudy');
      await run('git', ['clone', '--quiet', '--depth', '1', `file://${process.cwd()}`, clone]);

      const child = spawn('/bin/sh', ['-c', README_COMMAND], {
        cwd: clone,
        env: readersEnvironment(),
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const group = child.pid ?? 0;
      onTestFinished(() => void (isAlive(group) && process.kill(-group, 'SIGKILL')));
      const closed = once(child, 'close');
      const listener = new Listener(child);
      const printed = await listener.until(/demo remove/);
      const [command = 'false'] = /^curl .*$/m.exec(printed) ?? [];
      const { stdout } = await run('/bin/sh', ['-c', command]);
      process.kill(-group, 'SIGTERM');
      await closed;

      expect(JSON.parse(stdout)).toMatchObject({ status: 200, code: '10000' });
      expect(listener.printed.trim().split('\n').at(-1)).toMatch(/"msg":"closed"/);
      await expect.poll(() => isAlive(group), { timeout: 10_000 }).toBe(false);
    },
  );
});
