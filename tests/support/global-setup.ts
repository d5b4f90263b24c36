// Before the first test of a run: names its folder and its database server, and throws away what runs that have ended left behind.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { dropForgottenDatabases, findPostgres, POSTGRES_VARIABLE } from './postgres.ts';
import { RUN_VARIABLE, RUNS_FOLDER } from './run-folder.ts';

export async function setup(): Promise<void> {
  mkdirSync(RUNS_FOLDER, { recursive: true });
  for (const run of readdirSync(RUNS_FOLDER)) {
    if (!isAlive(Number(run))) rmSync(join(RUNS_FOLDER, run), { recursive: true, force: true });
  }
  process.env[RUN_VARIABLE] = join(RUNS_FOLDER, String(process.pid));
  const postgres = await findPostgres();
  if (postgres === undefined) return;
  process.env[POSTGRES_VARIABLE] = postgres;
  await dropForgottenDatabases(postgres, isAlive);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
