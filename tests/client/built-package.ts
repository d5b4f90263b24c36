// The package as others install it: built, with the files that are published and no others.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { newFolder } from '../support/run-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const PACKAGE = join(ROOT, 'packages/client');

/** Runs the compiler of this checkout. @throws Error with what it found */
export async function compile(...options: readonly string[]): Promise<void> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, ...options]).catch((reason: { readonly stdout: string }) => {
    throw new Error(`the compiler says: ${reason.stdout}`, { cause: reason });
  });
}

/** A project folder in which the package is installed, and so are these others of this checkout's. */
export async function projectWithClient(...others: readonly string[]): Promise<string> {
  const folder = newFolder('data');
  const installed = join(folder, 'node_modules/@understudy/client');
  mkdirSync(installed, { recursive: true });
  await compile('--project', PACKAGE, '--outDir', join(installed, 'dist'));
  const { files } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { files: readonly string[] };
  for (const file of ['package.json', 'README.md', 'LICENSE', ...files.filter((name) => name !== 'dist')])
    cpSync(join(PACKAGE, file), join(installed, file));
  for (const name of others) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}
