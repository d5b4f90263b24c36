// What is done to an SQLite database before anybody works with it.
import { migrate } from '../sql/migrate.ts';
import { assertAtHome } from '../sql/seal.ts';
import { SqliteConnection } from './connection.ts';
import { quirks } from './kysely-dialect.ts';

/** Brings the database into shape while nobody else writes to it. */
export async function migrateAlone(connection: SqliteConnection): Promise<void> {
  connection.begin();
  try {
    await migrate(connection.db, quirks);
    connection.commit();
  } catch (reason) {
    connection.rollback();
    throw reason;
  }
}

/**
 * Prepares it for a server that holds the claim on it. Attempts in flight are those of a server that died:
 * nobody is going to settle them, and nobody should have to wait until they lapse.
 */
export async function prepareForServer(path: string): Promise<void> {
  const connection = new SqliteConnection(path, 'write');
  try {
    await migrateAlone(connection);
    await assertAtHome(connection);
    await connection.db.deleteFrom('attempts').execute();
  } finally {
    connection.close();
  }
}
