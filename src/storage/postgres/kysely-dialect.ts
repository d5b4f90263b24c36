// Lets Kysely build queries for PostgreSQL, and run them on a connection of ours.
import { type Dialect, type Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Ground } from '../sql/act.ts';
import { OpenDriver } from '../sql/open-driver.ts';
import type { Quirks } from '../sql/quirks.ts';
import { type HoldsTable, SLOTS } from './holds.ts';

/** PostgreSQL's own ways. */
export const quirks: Quirks = {
  // Another order than that of bytes comes with a library of the system's, and an index built under one edition of it is wrong under the next.
  text: sql`text collate "C"`,
  keepByKey: (table) => table,
  addRisingId: (table, column) =>
    table.addColumn(column, 'bigint', (built) => built.generatedAlwaysAsIdentity().primaryKey()),
  async furnish(db) {
    await db.schema
      .createTable('holds')
      .addColumn('slot', 'integer', (column) => column.primaryKey())
      .execute();
    const holds = db as unknown as Kysely<HoldsTable>;
    await holds
      .insertInto('holds')
      .values(Array.from({ length: SLOTS }, (_, slot) => ({ slot })))
      .execute();
  },
};

/** A Kysely dialect over one open connection. */
export function queryCompilerFor(ground: Pick<Ground, 'execute'>): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new OpenDriver(ground),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
