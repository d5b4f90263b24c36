// Files that nobody but their owner may read, from the first moment of their existence.
import { closeSync, openSync } from 'node:fs';

const PRIVATE = 0o600;

/**
 * Makes the file if it is missing; whether it was.
 * One that exists is not even opened: closing it would drop the locks SQLite holds on it anywhere in this process.
 */
export function makePrivateFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', PRIVATE));
    return true;
  } catch (reason) {
    if (reason instanceof Error && 'code' in reason && reason.code === 'EEXIST') return false;
    throw reason;
  }
}
