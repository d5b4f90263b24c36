// Before the first test of a run: names its folder, and throws away those of runs that have ended.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { RUN_VARIABLE, RUNS_FOLDER } from './run-folder.ts';

export function setup(): void {
  mkdirSync(RUNS_FOLDER, { recursive: true });
  for (const run of readdirSync(RUNS_FOLDER)) {
    if (!isAlive(Number(run))) rmSync(join(RUNS_FOLDER, run), { recursive: true, force: true });
  }
  process.env[RUN_VARIABLE] = join(RUNS_FOLDER, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
