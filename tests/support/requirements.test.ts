// How the tests find a browser, and when they do without.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

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

describe('running where there is no Chromium', () => {
  beforeEach(() => {
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.stubEnv('PATH', '');
  });

  it("leaves the browser tests out on a developer's machine", () => {
    vi.stubEnv('CI', undefined);

    expect(leftOut().map(({ folder: tests }) => tests)).toEqual(['tests/browser']);
  });

  it('leaves nothing out on a build machine', () => {
    vi.stubEnv('CI', 'true');

    expect(leftOut()).toEqual([]);
  });
});
