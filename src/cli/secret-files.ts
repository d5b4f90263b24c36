// The files that hold secrets, and who may read them.
import { statSync } from 'node:fs';
import type { Config } from '#config';
import { keyFileOf } from '#main';
import { databaseFileOf } from './store-files.ts';

/** Those that are there already: database, keys, and the configuration file if it holds a secret. Windows has no such modes. */
export function secretFiles(
  config: Config,
  configFile: string | undefined,
): readonly { readonly path: string; readonly mode: number }[] {
  if (process.platform === 'win32') return [];
  return [databaseFileOf(config), keyFileOf(config), configFile].flatMap((path) => {
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    return path === undefined || stat === undefined ? [] : [{ path, mode: stat.mode }];
  });
}
