// What is done to a PostgreSQL database before anybody works with it.
import { Kysely, sql } from 'kysely';
import { migrate, SCHEMA_VERSION, schemaVersion } from '../sql/migrate.ts';
import type { Tables } from '../sql/tables.ts';
import { queryCompilerFor, quirks } from './kysely-dialect.ts';
import type { Lease } from './lease.ts';
import type { Transactions } from './transactions.ts';

/** Any number will do, as long as it is always the same. */
const MIGRATING = 8_020_519_874;

/** The builder on this very connection. */
const builderOn = (lease: Lease): Kysely<Tables> => new Kysely({ dialect: queryCompilerFor(lease) });

/** Brings the database into shape; instances that start at the same time do it one after the other. */
export async function migrateTogether(transactions: Transactions): Promise<void> {
  if (await isUpToDate(transactions)) return;
  await transactions.run({
    lane: 'write',
    beginning: 'begin; set local statement_timeout = 0',
    work: async (lease) => {
      const db = builderOn(lease);
      await sql`select pg_advisory_xact_lock(${MIGRATING})`.execute(db);
      await migrate(db, quirks);
    },
  });
}

/** Most starts find everything done, and ask for no right to change the schema. */
async function isUpToDate(transactions: Transactions): Promise<boolean> {
  return transactions.run({
    lane: 'read',
    work: async (lease) => {
      const db = builderOn(lease);
      const { rows } = await sql<{ there: string | null }>`select to_regclass('meta') as there`.execute(db);
      return rows[0]?.there !== null && (await schemaVersion(db)) === SCHEMA_VERSION;
    },
  });
}

/** Throws unless the database is of the version expected and can be written. */
export async function assertUsable(transactions: Transactions): Promise<void> {
  await transactions.run({
    lane: 'write',
    beginning: 'begin read write',
    work: async (lease) => {
      await lease.hold(['check']);
      if ((await schemaVersion(builderOn(lease))) < SCHEMA_VERSION) throw new Error('the database is not migrated');
    },
  });
}
