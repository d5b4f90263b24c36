// PostgreSQL's own code, running inside the test process: the stores must keep their promises there too.
import { PGlite } from '@electric-sql/pglite';
import { type CompiledQuery, Kysely, type QueryResult } from 'kysely';
import type { OpenStores } from '../core/stores.contract.ts';
import { Act, type Compiled, type Db, type Ground } from './sql/act.ts';
import { type ActCall, perform, storesOver } from './sql/acts.ts';
import { migrate } from './sql/migrate.ts';
import { queryCompilerFor, quirks } from './postgres/kysely-dialect.ts';
import { ChangeRelay } from './sqlite/change-relay.ts';

/** One connection: acts take turns, each in a transaction of its own. */
export class InProcessPostgres implements Ground {
  readonly db: Db;
  readonly compiled = new Map<object, Compiled>();
  readonly #engine: PGlite;
  #turn: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#engine = new PGlite();
    this.db = new Kysely({ dialect: queryCompilerFor(this) });
  }

  async execute<R>({ sql, parameters }: CompiledQuery<R>): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.#engine.query<R>(sql, [...parameters]);
    return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  /** Stores over an empty schema. */
  async openEmpty(): Promise<OpenStores> {
    await this.#engine.exec('drop schema public cascade; create schema public');
    await migrate(this.db, quirks);
    const relay = new ChangeRelay();
    const stores = storesOver((call) => this.#takeTurn(call, relay));
    return { stores, changes: relay, close: () => Promise.resolve() };
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #takeTurn(call: ActCall, relay: ChangeRelay): Promise<unknown> {
    const answer = this.#turn.then(() => this.#transact(call, relay));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #transact(call: ActCall, relay: ChangeRelay): Promise<unknown> {
    const act = new Act(this);
    await this.#engine.exec('begin isolation level serializable');
    try {
      const result = await perform(act, call);
      await this.#engine.exec('commit');
      relay.announce(act.changes);
      return result;
    } catch (reason) {
      await this.#engine.exec('rollback');
      throw reason;
    }
  }
}
