// Opens the database at one end of a move, whichever engine it is of.
import type { End } from './end.ts';
import { PostgresEnd } from './postgres-end.ts';
import { SqliteEnd } from './sqlite-end.ts';

/** @throws ClaimedError, DatabaseFault; TypeError for an address of no known engine, or of a database in memory */
export function openEnd(databaseUrl: string, role: 'source' | 'target'): Promise<End> {
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return PostgresEnd.open(databaseUrl);
  const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  if (path === undefined || path === ':memory:')
    throw new TypeError('the database is named sqlite:<path> or postgres://…');
  return SqliteEnd.open(path, role);
}
