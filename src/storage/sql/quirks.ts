// What engines do differently, each difference by its name. Nobody ever asks which engine it is.
import type { CreateTableBuilder } from 'kysely';

/** The differences the schema depends on. */
export interface Quirks {
  /** Adds a primary key the database gives out: rising numbers, none of them twice. */
  addRisingId(table: CreateTableBuilder<string, string>, column: string): CreateTableBuilder<string, string>;
  /** Keeps the rows of a small table in order of its key, instead of beside an index of keys. */
  keepByKey(table: CreateTableBuilder<string, string>): CreateTableBuilder<string, string>;
}
