// A table as a migration describes it: columns by name, the key, and what is found how.
import type { CreateTableBuilder, SchemaModule } from 'kysely';
import type { Quirks } from '../quirks.ts';

/** `id` is a number the database gives out; a question mark allows null. */
export type ColumnPlan = 'id' | 'text' | 'text?' | 'whole' | 'whole?';

/** One table. */
export interface TablePlan {
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnPlan>>;
  /** Columns of the primary key; none where the database gives out the id. */
  readonly key?: readonly string[];
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** Written with every sign-in: one tree less to change. */
  readonly isKeptByKey?: true;
}

type Builder = CreateTableBuilder<string, string>;

/** Creates the table with its indexes. */
export async function createTable(schema: SchemaModule, plan: TablePlan, quirks: Quirks): Promise<void> {
  const columns = Object.entries(plan.columns);
  const built = columns.reduce(
    (table, [name, kind]) => addColumn(table, { name, kind, quirks }),
    schema.createTable(plan.table) as Builder,
  );
  const keyed = withKeys(built, plan);
  await (plan.isKeptByKey === true ? quirks.keepByKey(keyed) : keyed).execute();
  for (const [name, on] of Object.entries(plan.indexes ?? {})) {
    await schema
      .createIndex(name)
      .on(plan.table)
      .columns([...on])
      .execute();
  }
}

function addColumn(
  table: Builder,
  { name, kind, quirks }: { name: string; kind: ColumnPlan; quirks: Quirks },
): Builder {
  if (kind === 'id') return quirks.addRisingId(table, name);
  const type = kind.startsWith('text') ? quirks.text : 'bigint';
  return table.addColumn(name, type, (column) => (kind.endsWith('?') ? column : column.notNull()));
}

function withKeys(table: Builder, { table: name, key, unique = {} }: TablePlan): Builder {
  const keyed = key === undefined ? table : table.addPrimaryKeyConstraint(`${name}_key`, [...key]);
  return Object.entries(unique).reduce((built, [each, on]) => built.addUniqueConstraint(each, [...on]), keyed);
}
