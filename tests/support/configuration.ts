// A configuration to read in a folder of its own: a dialect with settings of every kind, and what is wrong with what was given.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Type } from 'typebox';
import { afterEach, beforeEach } from 'vitest';

import { type Config, ConfigError, loadConfig } from '#config';

type ConfigOrigins = Parameters<typeof loadConfig>[0];

export const weidu = {
  name: 'weidu',
  settings: Type.Object({
    policy: Type.Enum(['documented', 'strict'], { default: 'documented' }),
    origins: Type.Array(Type.String(), { default: [] }),
    cookie: Type.Object({ prefix: Type.String({ default: '' }) }),
    types: Type.Array(Type.Enum(['sms', 'email']), { default: ['sms'] }),
    apiSecret: Type.String({ default: '', secret: true }),
  }),
};

/** The name of a configuration file that nobody looks for unless told to; it is not there until a test writes it. */
export const file = 'other.toml';

/** Gives every test of a file a fresh working directory. */
export function inFreshFolders(): void {
  const home = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'understudy-config-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
}

export function load(origins: Partial<ConfigOrigins> = {}): Config {
  return loadConfig({ env: {}, dialects: [weidu], ...origins });
}

/** The problems of a configuration that cannot be used, as `key (source): text`. */
export function problemsOf(origins: Partial<ConfigOrigins>): readonly string[] {
  try {
    load(origins);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}
