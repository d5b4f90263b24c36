// Lets Kysely run queries on a connection that is open already. Transactions are the business of whoever owns the connection.
import type { DatabaseConnection, Driver } from 'kysely';
import type { Ground } from './act.ts';

/** A driver of one connection. */
export class OpenDriver implements Driver {
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
