// The front door of storage.
import { openPostgres } from './postgres/open-postgres.ts';
import { openForServer, openForTool } from './sqlite/open-sqlite.ts';
import type { Storage, StorageOptions } from './storage.ts';

export { cancelMove } from './move/cancel-move.ts';
export { type MoveOutcome, moveStorage } from './move/move-storage.ts';
export { ClaimedError } from './sqlite/claim.ts';
export type { Storage, StorageOptions } from './storage.ts';

/**
 * Opens the database, makes it if it is missing (where it is a file), and brings it to the version this program expects.
 * @throws ClaimedError when `server` is asked for and another server has it; TypeError for an address of no known engine
 */
export function openStorage(options: StorageOptions): Promise<Storage> {
  const { databaseUrl, mode } = options;
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return openPostgres(options);
  const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  if (path === undefined) throw new TypeError('the database is named sqlite:<path> or postgres://…');
  return mode === 'server' && path !== ':memory:' ? openForServer(path) : openForTool(path);
}
