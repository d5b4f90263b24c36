// A test's hand in the database file of its own server: it looks, and it breaks things for real.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The database of a server. */
export class StoreFile {
  readonly #path: string;

  constructor({ dataDir }: { readonly dataDir: string }) {
    this.#path = join(dataDir, 'understudy.db');
  }

  /** How many rows a table holds. */
  count(table: string): number {
    return this.#with((database) => Number(database.prepare(`select count(*) as n from ${table}`).get()?.['n']));
  }

  /** The values of a column. */
  column(table: string, column: string): readonly unknown[] {
    return this.#with((database) =>
      database
        .prepare(`select ${column} as value from ${table}`)
        .all()
        .map(({ value }) => value),
    );
  }

  /** Changes what it likes, as somebody with the database would. */
  run(statement: string): void {
    this.#with((database) => database.exec(statement));
  }

  #with<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.#path, { timeout: 5000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  }
}
