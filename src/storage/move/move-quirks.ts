// What engines do differently when data moves, each difference by its name.
import type { RawBuilder } from 'kysely';
import type { MovedTable } from './moved-table.ts';

/** The differences. */
export interface MoveQuirks {
  /** Rows with these columns, out of one parameter that is a JSON list of objects. */
  unpack(table: MovedTable, columns: readonly string[], json: string): RawBuilder<unknown>;
  /** Stands in an insert between columns and rows, so that ids which the database gives out may be given to it. */
  readonly ownIds: RawBuilder<unknown>;
  /** What the triggers of a table call it. */
  subjectOf(table: MovedTable): string;
  /** Makes what the triggers call. */
  readonly preparation: readonly RawBuilder<unknown>[];
  /** From here on the key of every row that is written goes into `move_changes`, within the same transaction. */
  noteChanges(table: MovedTable): readonly RawBuilder<unknown>[];
  stopNoting(table: MovedTable): readonly RawBuilder<unknown>[];
  /** From here on every write to the table is refused. */
  seal(table: MovedTable): readonly RawBuilder<unknown>[];
  unseal(table: MovedTable): readonly RawBuilder<unknown>[];
  /** The id given out last; nothing if there was none yet. */
  lastId(table: MovedTable): RawBuilder<{ readonly last: number | null }>;
  /** Ids from here on are above this one. */
  continueAfter(table: MovedTable, id: number): readonly RawBuilder<unknown>[];
  /** What makes reads quick after so many rows have come. */
  readonly settling: readonly RawBuilder<unknown>[];
}
