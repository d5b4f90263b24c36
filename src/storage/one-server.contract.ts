// One server's storage for a whole suite, emptied from outside between tests: starting its thread is what takes time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS, type OpenStores } from '../core/stores.contract.ts';
import { openStorage } from './index.ts';
import { FIRST } from './sql/migrations/0001-first.ts';
import type { Tables } from './sql/tables.ts';
import { SqliteConnection } from './sqlite/connection.ts';
import type { Storage } from './storage.ts';

/** SQLite in a file in a folder that goes when it is closed. */
export class OneServer {
  #folder: string | undefined;
  #storage: Storage | undefined;

  async openEmpty(): Promise<OpenStores> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'understudy-contracts-'));
    const path = join(this.#folder, 'store.db');
    this.#storage ??= await openStorage({ databaseUrl: `sqlite:${path}`, mode: 'server' });
    await empty(path);
    // What the server keeps in memory lapses.
    await this.#storage.stores.attempts.sweep(Number.MAX_SAFE_INTEGER, LIMITS, Number.MAX_SAFE_INTEGER);
    return { ...this.#storage, close: () => Promise.resolve() };
  }

  async close(): Promise<void> {
    await this.#storage?.close();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true });
  }
}

async function empty(path: string): Promise<void> {
  const connection = new SqliteConnection(path, 'write');
  for (const { table } of FIRST) await connection.db.deleteFrom(table as keyof Tables).execute();
  await connection.db.deleteFrom('meta').where('name', 'not like', 'schema.%').execute();
  connection.close();
}
