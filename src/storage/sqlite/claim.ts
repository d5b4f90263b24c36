// One server per data directory: the claim is a lock of the operating system's, which kill -9 releases too.
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile } from './private-file.ts';

/** Somebody else serves from there. */
export class ClaimedError extends Error {
  override readonly name = 'ClaimedError';
}

/**
 * Claims a database for a server, for as long as the process lives or until the returned function is called.
 * @throws ClaimedError
 */
export function claim(databasePath: string): () => void {
  const path = `${databasePath}.lock`;
  makePrivateFile(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch {
    lock.close();
    throw new ClaimedError(`another server already serves ${databasePath}`);
  }
  return () => lock.close();
}
