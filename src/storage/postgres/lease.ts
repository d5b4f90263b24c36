// A connection for the length of one act.
import type { CompiledQuery, QueryResult } from 'kysely';
import { Act, type Compiled, type Db, type Ground } from '../sql/act.ts';
import { assertNoNul } from '../sql/no-nul.ts';
import { holdSlots } from './holds.ts';
import type { LentClient } from './own-client.ts';
import type { StatementNames } from './statement-names.ts';

/** What all connections have in common. */
export interface Workshop {
  readonly db: Db;
  readonly compiled: Map<object, Compiled>;
  readonly names: StatementNames;
}

/** A connection nobody else uses meanwhile. */
export class Lease implements Ground {
  readonly db: Db;
  readonly compiled: Map<object, Compiled>;
  readonly #names: StatementNames;
  readonly #client: LentClient;
  #isOver = false;

  constructor(client: LentClient, { db, compiled, names }: Workshop) {
    this.db = db;
    this.compiled = compiled;
    this.#names = names;
    this.#client = client;
    // Whoever waits for an answer hears of it; nobody else has to.
    client.on('error', ignore);
  }

  async execute<R>({ sql, parameters }: CompiledQuery<R>): Promise<QueryResult<R>> {
    const values = [...parameters];
    for (const value of values) assertNoNul(value);
    const name = this.#names.nameOf(sql);
    const { rows, rowCount } = await this.#client.query<R & object>({
      text: sql,
      values,
      ...(name !== undefined && { name }),
    });
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  }

  hold(keys: readonly string[]): Promise<void> {
    return holdSlots(new Act(this), keys);
  }

  /** Sends a fixed command. */
  async say(command: string): Promise<void> {
    await this.#client.query(command);
  }

  /** Gives the connection back for others to use. */
  giveBack(): void {
    this.#end();
  }

  /** Closes the connection: whatever is still waited for on it fails. */
  cut(): void {
    this.#end(new Error('Connection terminated'));
    this.#client.cut();
  }

  #end(reason?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.off('error', ignore);
    this.#client.release(reason);
  }
}

function ignore(): void {}
