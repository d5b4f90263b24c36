// Lets Kysely build and run queries on a connection of ours.
import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import type { Ground } from '../sql/act.ts';
import { OpenDriver } from '../sql/open-driver.ts';
import type { Quirks } from '../sql/quirks.ts';

/** SQLite's own ways. */
export const quirks: Quirks = {
  text: 'text',
  keepByKey: (table) => table.modifyEnd(sql`without rowid`),
  // Without `autoincrement` a number could be given out again after its row was swept.
  addRisingId: (table, column) => table.addColumn(column, 'integer', (built) => built.primaryKey().autoIncrement()),
  furnish: () => Promise.resolve(),
};

/** A Kysely dialect over one open connection. */
export function queryCompilerFor(ground: Pick<Ground, 'execute'>): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new OpenDriver(ground),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
