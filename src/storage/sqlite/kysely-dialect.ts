// Lets Kysely build and run queries on a connection of ours.
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Ground } from '../sql/act.ts';
import type { Quirks } from '../sql/quirks.ts';

/** SQLite's own ways. */
export const quirks: Quirks = {
  // Without `autoincrement` a number could be given out again after its row was swept.
  keepByKey: (table) => table.modifyEnd(sql`without rowid`),
  addRisingId: (table, column) => table.addColumn(column, 'integer', (built) => built.primaryKey().autoIncrement()),
};

/** A Kysely dialect over one open connection. Transactions are the business of whoever owns the connection. */
export function queryCompilerFor(ground: Pick<Ground, 'execute'>): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new OpenDriver(ground),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class OpenDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(ground: Pick<Ground, 'execute'>) {
    this.#connection = {
      executeQuery: (query) => ground.execute(query) as never,
      streamQuery: () => unsupported('streaming'),
    };
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection);
  }

  beginTransaction(): Promise<void> {
    return unsupported('transactions');
  }

  commitTransaction(): Promise<void> {
    return unsupported('transactions');
  }

  rollbackTransaction(): Promise<void> {
    return unsupported('transactions');
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

function unsupported(what: string): never {
  throw new TypeError(`${what} by Kysely is not supported here`);
}
