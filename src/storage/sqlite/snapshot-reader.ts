// Reads, one after the other, each of which sees the database as of one instant.
import { Act } from '../sql/act.ts';
import { type ActCall, perform } from '../sql/acts.ts';
import type { SqliteConnection } from './connection.ts';

/** The reads on a connection of their own. */
export class SnapshotReader {
  readonly #connection: SqliteConnection;
  #previous: Promise<unknown> = Promise.resolve();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Sees everything that was acknowledged before it was asked: no read ever joins the snapshot of an earlier one. */
  perform(call: ActCall): Promise<unknown> {
    const answer = this.#previous.then(() => this.#read(call));
    this.#previous = answer.catch(() => undefined);
    return answer;
  }

  async #read(call: ActCall): Promise<unknown> {
    this.#connection.beginRead();
    try {
      return await perform(new Act(this.#connection), call);
    } finally {
      this.#connection.rollback();
    }
  }
}
