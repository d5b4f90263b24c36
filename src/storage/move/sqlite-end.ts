// An SQLite database as one end of a move.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Act } from '../sql/act.ts';
import { claim } from '../sqlite/claim.ts';
import { SqliteConnection } from '../sqlite/connection.ts';
import { migrateAlone } from '../sqlite/prepare-database.ts';
import type { End } from './end.ts';
import { sqliteQuirks } from './sqlite-quirks.ts';

const LOOK_AGAIN_MS = 1;
const MOST_LOOKS = 20_000;

/** A file. Where data comes to it, no server may have it; where data goes away from it, one may. */
export class SqliteEnd implements End {
  readonly quirks = sqliteQuirks;
  readonly #path: string;
  readonly #release: () => void;
  #connection: SqliteConnection;

  private constructor(path: string, connection: SqliteConnection, release: () => void) {
    this.#path = path;
    this.#connection = connection;
    this.#release = release;
  }

  /** @throws ClaimedError when a server has what is to be filled */
  static async open(path: string, role: 'source' | 'target'): Promise<SqliteEnd> {
    const release = role === 'target' ? claim(path) : (): void => undefined;
    try {
      return new SqliteEnd(path, await connect(path), release);
    } catch (reason) {
      release();
      throw reason;
    }
  }

  get shown(): string {
    return `sqlite:${this.#path}`;
  }

  async read<T>(work: (act: Act) => Promise<T>): Promise<T> {
    return work(new Act(this.#connection));
  }

  async write<T>(work: (act: Act) => Promise<T>): Promise<T> {
    const connection = this.#connection;
    for (let looks = 0; !connection.tryBegin(); looks += 1) {
      if (looks === MOST_LOOKS) throw new Error('another process keeps the database to itself');
      await pause(LOOK_AGAIN_MS);
    }
    try {
      const result = await work(new Act(connection));
      connection.commit();
      return result;
    } catch (reason) {
      connection.rollback();
      throw reason;
    }
  }

  /** There never is more than one who writes. */
  writeAlone<T>(work: (act: Act) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  async empty(): Promise<string> {
    // Closing brings what lies beside the file into it.
    this.#connection.close();
    const aside = `${this.#path}.replaced`;
    for (const companion of ['-wal', '-shm']) rmSync(`${this.#path}${companion}`, { force: true });
    if (existsSync(this.#path)) renameSync(this.#path, aside);
    this.#connection = await connect(this.#path);
    return aside;
  }

  close(): Promise<void> {
    this.#connection.close();
    this.#release();
    return Promise.resolve();
  }
}

async function connect(path: string): Promise<SqliteConnection> {
  const connection = new SqliteConnection(path, 'write');
  await migrateAlone(connection);
  return connection;
}
