// How the tests find a browser, and when they do without it or a database server.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { POSTGRES_VARIABLE } from './postgres.ts';
import { findChromium, leftOut } from './requirements.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-browser-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function install(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('looking for a Chromium', () => {
  it('finds the one on the PATH', () => {
    const installed = install('chromium-browser');
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.stubEnv('PATH', ['/nowhere', folder].join(delimiter));

    expect(findChromium()).toBe(installed);
  });

  it('prefers the one it is told of', () => {
    install('chromium');
    const chosen = install('my-browser');
    vi.stubEnv('CHROMIUM_PATH', chosen);
    vi.stubEnv('PATH', folder);

    expect(findChromium()).toBe(chosen);
  });

  it('passes over a program that is not there', () => {
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'gone'));
    vi.stubEnv('PATH', '');

    expect(findChromium()).not.toBe(join(folder, 'gone'));
  });
});

describe('running where there is neither Chromium nor PostgreSQL nor anything else', () => {
  beforeEach(() => {
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.stubEnv('PATH', '');
    vi.stubEnv(POSTGRES_VARIABLE, 'postgres://nobody@127.0.0.1:1/nowhere');
  });

  it("leaves the tests that need them out on a developer's machine", async () => {
    vi.stubEnv('CI', undefined);

    const missing = await leftOut();

    expect(missing.map(({ folder: tests }) => tests)).toEqual([
      'tests/browser',
      'tests/postgres',
      'tests/postgres/instances',
      'tests/deploy/nginx',
      'tests/deploy/caddy',
      'tests/deploy/systemd',
      'tests/docs/python',
      'tests/docs/go',
    ]);
  });

  it('leaves nothing out on a build machine', async () => {
    vi.stubEnv('CI', 'true');

    expect(await leftOut()).toEqual([]);
  });
});
