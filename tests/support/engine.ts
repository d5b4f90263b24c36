// Where the servers of a test keep what they know: SQLite, or under the variable below a PostgreSQL database of their own each.
import { afterAll } from 'vitest';

import { FreshDatabase } from './postgres.ts';
import { StoreFile } from './store-file.ts';

/** Set to `postgres` by the project that runs laws and journeys once more, on the other engine. */
const isOnPostgres = process.env['UNDERSTUDY_TEST_ENGINE'] === 'postgres';

const databases = new Map<string, Promise<FreshDatabase>>();

/** What a server is configured with besides; the same data folder means the same database. */
export async function engineSettings(dataDir: string): Promise<Readonly<Record<string, string>>> {
  if (!isOnPostgres) return {};
  const database = databases.get(dataDir) ?? FreshDatabase.make();
  databases.set(dataDir, database);
  return { databaseUrl: (await database).url };
}

/** Takes a table away, as a botched restore would; the returned function puts it back. */
export async function hideTable(server: { readonly dataDir: string }, table: string): Promise<() => Promise<void>> {
  const rename = async (from: string, to: string): Promise<void> => {
    const statement = `alter table ${from} rename to ${to}`;
    const database = await databases.get(server.dataDir);
    if (database === undefined) new StoreFile(server).run(statement);
    else await database.ask(statement);
  };
  await rename(table, `hidden_${table}`);
  return () => rename(`hidden_${table}`, table);
}

// Whoever imports this starts servers later: those are closed before.
if (isOnPostgres) {
  afterAll(async () => {
    for (const database of databases.values()) await (await database).drop();
    databases.clear();
  });
}
