// The dialects a server speaks: our own five, and those the operator brings.
import { pathToFileURL } from 'node:url';
import { api } from '#api';
import { aegisspeed } from '#dialects/aegisspeed';
import { nobase } from '#dialects/nobase';
import { shopxo } from '#dialects/shopxo';
import { weidu } from '#dialects/weidu';
import type { Dialect } from '#wire';

export { api };

/** Everything built in. */
export const DIALECTS: readonly Dialect[] = [aegisspeed, weidu, nobase, shopxo, api];

/**
 * Loads dialects from folders or files outside the tree; each exports one as `dialect`.
 * @throws TypeError when a module exports none
 */
export async function loadDialects(paths: readonly string[]): Promise<readonly Dialect[]> {
  return Promise.all(paths.map(loadDialect));
}

async function loadDialect(path: string): Promise<Dialect> {
  const module = (await import(pathToFileURL(path).href)) as { readonly dialect?: Dialect };
  if (typeof module.dialect?.name !== 'string') throw new TypeError(`${path} exports no \`dialect\``);
  return module.dialect;
}
