// What engines do differently, each difference by its name. Nobody ever asks which engine it is.
import type { CreateTableBuilder, RawBuilder } from 'kysely';
import type { Db } from './act.ts';

/** The differences the schema depends on. */
export interface Quirks {
  /** The type of a text that is compared byte by byte. */
  readonly text: 'text' | RawBuilder<unknown>;
  /** Adds a primary key the database gives out: rising numbers, none of them twice. */
  addRisingId(table: CreateTableBuilder<string, string>, column: string): CreateTableBuilder<string, string>;
  /** Keeps the rows of a small table in order of its key, instead of beside an index of keys. */
  keepByKey(table: CreateTableBuilder<string, string>): CreateTableBuilder<string, string>;
  /** Adds what only this engine needs. */
  furnish(db: Db): Promise<void>;
}
