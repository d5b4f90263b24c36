// Where keys lie: who may read the file, who wins when two make it, and what comes from the environment instead.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadKeyring, makeKeyring, saveKeyring } from './key-file.ts';
import { Keyring, KeyringError } from './keyring.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-keys-'));
  file = join(folder, 'keys.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Windows has no such modes. */
const hasModes = process.platform !== 'win32';

describe('a key file', () => {
  it('is absent at first, and nothing makes it unasked', () => {
    const keyring = loadKeyring({ file });

    expect(keyring).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives the keys it was made with', () => {
    const made = makeKeyring(file);

    const loaded = loadKeyring({ file });

    expect(loaded?.text()).toBe(made.text());
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it.runIf(hasModes)('R-105 is for its owner alone', () => {
    makeKeyring(file);
    const madeMode = statSync(file).mode & 0o777;

    saveKeyring(file, Keyring.make());

    expect([madeMode, statSync(file).mode & 0o777]).toEqual([0o600, 0o600]);
  });

  it.runIf(hasModes).each([{ mode: 0o640 }, { mode: 0o604 }, { mode: 0o602 }, { mode: 0o666 }])(
    'R-105 is refused when others may open it ($mode)',
    ({ mode }) => {
      makeKeyring(file);
      chmodSync(file, mode);

      const load = () => loadKeyring({ file });

      expect(load).toThrow(new KeyringError(`others may read the keys in ${file}; run: chmod 600 ${file}`));
    },
  );

  it('R-105 is refused when it is damaged, and not replaced', () => {
    writeFileSync(file, '{}', { mode: 0o600 });

    const load = () => loadKeyring({ file });

    expect(load).toThrow(KeyringError);
    expect(makeKeyring.bind(undefined, file)).toThrow(KeyringError);
    expect(readFileSync(file, 'utf8')).toBe('{}');
  });

  it('keeps the keys of whoever was first to make it', () => {
    const first = makeKeyring(file);

    const second = makeKeyring(file);

    expect(second.text()).toBe(first.text());
  });

  it('holds the new keys once they were saved', () => {
    const rotated = makeKeyring(file).rotated();

    saveKeyring(file, rotated);

    expect(loadKeyring({ file })?.text()).toBe(rotated.text());
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });
});

describe('keys from the environment', () => {
  it.each([
    { name: 'as JSON', spell: (text: string) => text },
    { name: 'as base64', spell: (text: string) => Buffer.from(text).toString('base64') },
    { name: 'as base64url with a line end', spell: (text: string) => `${Buffer.from(text).toString('base64url')}\n` },
  ])('are taken instead of the file, $name', ({ spell }) => {
    const keyring = Keyring.make();
    makeKeyring(file);

    const loaded = loadKeyring({ file, fromEnvironment: spell(keyring.text()) });

    expect(loaded?.text()).toBe(keyring.text());
  });

  it('R-105 are refused when they are no keys', () => {
    const load = () => loadKeyring({ file, fromEnvironment: 'changeme' });

    expect(load).toThrow(KeyringError);
  });

  it('count as absent when the variable is empty', () => {
    const made = makeKeyring(file);

    const loaded = loadKeyring({ file, fromEnvironment: '' });

    expect(loaded?.text()).toBe(made.text());
  });
});
