// One folder per test run: what servers wrote, and every secret that must not be found in it.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the folders of all runs lie. */
export const RUNS_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/test-runs');

/** The variable that names the folder of this run to the processes of the run. */
export const RUN_VARIABLE = 'TEST_RUN_FOLDER';

/** The folder of this run. */
export const RUN_FOLDER = process.env[RUN_VARIABLE] ?? join(RUNS_FOLDER, String(process.pid));

const SECRETS = join(RUN_FOLDER, 'secrets');

/** Notes a secret: after the whole suite nothing that was written down may contain it. */
export function noteSecret(secret: string): void {
  mkdirSync(SECRETS, { recursive: true });
  appendFileSync(join(SECRETS, `${process.pid}.jsonl`), `${JSON.stringify(secret)}\n`);
}

/** A fresh folder for one server's data or log. It stays until a later run starts. */
export function newFolder(kind: 'data' | 'log'): string {
  const folder = join(RUN_FOLDER, kind, `${process.pid}-${process.hrtime.bigint()}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
