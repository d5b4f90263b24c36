// One database for a whole suite of contracts, emptied between tests: making one is what takes time.
import { openStorage, type Storage } from '#storage';
import { FreshDatabase } from '#tests/support/postgres';

import type { OpenStores } from '../../src/core/stores.contract.ts';

/** A storage on a PostgreSQL server. */
export class OneDatabase {
  #database: FreshDatabase | undefined;
  #storage: Storage | undefined;

  async openEmpty(): Promise<OpenStores> {
    this.#database ??= await FreshDatabase.make();
    this.#storage ??= await openStorage({ databaseUrl: this.#database.url, mode: 'tool' });
    await empty(this.#database);
    return { ...this.#storage, close: () => Promise.resolve() };
  }

  async close(): Promise<void> {
    await this.#storage?.close();
    await this.#database?.drop();
  }
}

/** Everything goes but what a new database has too. */
async function empty(database: FreshDatabase): Promise<void> {
  const tables = await database.ask(
    "select tablename from pg_tables where schemaname = 'public' and tablename not in ('holds', 'meta')",
  );
  const deletions = tables.map(({ tablename }) => `delete from ${String(tablename)}`);
  await database.ask([...deletions, "delete from meta where name not like 'schema.%'"].join(';'));
}
