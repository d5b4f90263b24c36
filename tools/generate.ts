// Writes every generated file, or with --check only tells which ones are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { GeneratedFile } from './generated-file.ts';
import { generatedFiles } from './generators.ts';

function stored(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Brings one file up to date and says whether it was stale. */
async function refresh({ path, text }: GeneratedFile, mayWrite: boolean): Promise<boolean> {
  const fresh = await text();
  if (stored(path) === fresh) return false;
  if (mayWrite) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fresh);
  }
  return true;
}

async function main(mayWrite: boolean): Promise<void> {
  for (const file of generatedFiles) {
    if (!(await refresh(file, mayWrite))) continue;
    console.log(mayWrite ? `wrote ${file.path}` : `${file.path} is stale; run: npm run gen`);
    if (!mayWrite) process.exitCode = 1;
  }
}

await main(!process.argv.includes('--check'));
