// One act on the database: a transaction (or a savepoint in one) that is already open, and the news it will make.
import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Change } from '#core';
import type { Tables } from './tables.ts';

/** The query builder over our tables. */
export type Db = Kysely<Tables>;

/** A change with the number under which the feed table has it. */
export interface NumberedChange {
  readonly id: number;
  readonly change: Change;
}

/** A query that was compiled once: its text, and what goes where. */
export interface Compiled {
  readonly query: CompiledQuery;
  readonly slots: readonly unknown[];
}

/** An open connection with the queries it has compiled so far. */
export interface Ground {
  /** Builds and compiles queries; ours are run by `execute`. */
  readonly db: Db;
  readonly compiled: Map<object, Compiled>;
  execute<R>(query: CompiledQuery<R>): Promise<QueryResult<R>>;
  /** What this act deletes is to be found nowhere once it is committed, not even in a log of the engine's own. */
  scrub?(): void;
  /** See `Act.hold`. Nothing to do where one writer has everything to itself. */
  hold?(keys: readonly string[]): Promise<void>;
}

/** What a store works with for the length of one act. */
export class Act {
  readonly ground: Ground;
  readonly changes: NumberedChange[] = [];

  constructor(ground: Ground) {
    this.ground = ground;
  }

  execute<R>(query: CompiledQuery<R>): Promise<QueryResult<R>> {
    return this.ground.execute(query);
  }

  /**
   * Keeps other acts that hold any of the same from going on until this one has ended: for what is read, judged and then written.
   * Everything at once, and once in an act: then no two acts ever wait for each other.
   */
  async hold(...keys: readonly string[]): Promise<void> {
    await this.ground.hold?.(keys);
  }
}
