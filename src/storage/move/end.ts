// One end of a move: a database that is opened for nothing else.
import type { RawBuilder } from 'kysely';
import type { Act } from '../sql/act.ts';
import { MOVED_TABLES } from './moved-table.ts';
import type { MoveQuirks } from './move-quirks.ts';
import { TableRows } from './table-rows.ts';

/** An open end. */
export interface End {
  /** As an operator may read it: without a password. */
  readonly shown: string;
  readonly quirks: MoveQuirks;
  /** Sees what was committed before each statement. */
  read<T>(work: (act: Act) => Promise<T>): Promise<T>;
  /** One transaction, on the disk when it returns; may be done again. */
  write<T>(work: (act: Act) => Promise<T>): Promise<T>;
  /** The same while nobody else writes, and with nobody's writes under way. */
  writeAlone<T>(work: (act: Act) => Promise<T>): Promise<T>;
  /** Makes it as new. What was there is kept where that costs nothing; tells where. */
  empty(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Runs what returns no rows that matter. */
export async function runAll(act: Act, statements: readonly RawBuilder<unknown>[]): Promise<void> {
  for (const statement of statements) await act.execute(statement.compile(act.ground.db));
}

/** Every table of an end, by name. */
export function rowsOf({ quirks }: End): ReadonlyMap<string, TableRows> {
  return new Map(MOVED_TABLES.map((table) => [table.name, new TableRows(table, quirks)]));
}
