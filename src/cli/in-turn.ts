// One at a time: two rotations at once would each throw the other's new keys away.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Misuse } from './misuse.ts';

const PRIVATE = 0o600;

function isRunning(processId: number): boolean {
  try {
    // Signal 0 is not delivered; it only asks whether it could be.
    return processId > 0 && process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Makes the turn ours unless a process that still lives has it. */
function take(turn: string): void {
  try {
    const descriptor = openSync(turn, 'wx', PRIVATE);
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
  } catch {
    const holder = readFileSync(turn, 'utf8');
    // Empty for the blink of an eye in which somebody else takes it.
    if (holder === '' || isRunning(Number(holder))) throw new Misuse(`process ${holder} is at it already (${turn})`);
    // Left by a process that was cut short.
    rmSync(turn, { force: true });
    take(turn);
  }
}

/** Does the work on the file while nobody else does. @throws Misuse when somebody is at it */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const turn = `${file}.turn`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  take(turn);
  try {
    return await work();
  } finally {
    rmSync(turn, { force: true });
  }
}
