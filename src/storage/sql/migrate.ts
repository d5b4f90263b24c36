// Brings a database to the shape this program expects: forward only, one transaction, the version written down.
import type { Db } from './act.ts';
import { FIRST } from './migrations/0001-first.ts';
import { createTable } from './migrations/table-plan.ts';
import type { Quirks } from './quirks.ts';

type Migration = (db: Db, quirks: Quirks) => Promise<void>;

/** In order; the version of a database is how many of them it has seen. Never change one that was released: add one. */
const MIGRATIONS: readonly Migration[] = [
  async (db, quirks) => {
    for (const plan of FIRST) await createTable(db.schema, plan, quirks);
    await quirks.furnish(db);
  },
];

const VERSION = 'schema.version';

/** The version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The version of the database, 0 when there is nothing yet. */
export async function schemaVersion(db: Db): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', VERSION).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/**
 * Applies what is missing, inside a transaction the caller has opened so that nobody else migrates meanwhile.
 * A database one step ahead is left alone: during an upgrade old and new processes share it.
 */
export async function migrate(db: Db, quirks: Quirks): Promise<void> {
  await createMeta(db);
  const found = await schemaVersion(db);
  if (found > SCHEMA_VERSION + 1)
    throw new Error(`the database has version ${found}, newer than this program understands`);
  for (const apply of MIGRATIONS.slice(found)) await apply(db, quirks);
  if (found < SCHEMA_VERSION) await recordVersion(db, String(SCHEMA_VERSION));
}

async function createMeta({ schema }: Db): Promise<void> {
  const table = schema.createTable('meta').ifNotExists();
  await table
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

async function recordVersion(db: Db, value: string): Promise<void> {
  const insert = db.insertInto('meta').values({ name: VERSION, value });
  await insert.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
}
