// The tables that move from one database to another: what they are made of, and by what a row is known.
import { FIRST } from '../sql/migrations/0001-first.ts';
import type { TablePlan } from '../sql/migrations/table-plan.ts';

/** One table. */
export interface MovedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
  /** Further columns that no two rows share. */
  readonly unique: readonly (readonly string[])[];
  /** Whether the database gives out its ids. */
  readonly hasRisingId: boolean;
}

/** A row as both engines give it. */
export type Row = Readonly<Record<string, string | number | null>>;

/** News, attempts in flight and the move itself belong to the place and stay there. */
const STAYS: ReadonlySet<string> = new Set(['attempts', 'changes', 'moves', 'move_changes']);

/** Facts, with the version of the database among them, which is the same at both ends. */
export const META: MovedTable = {
  name: 'meta',
  columns: ['name', 'value'],
  key: ['name'],
  unique: [],
  hasRisingId: false,
};

/** Every table of the store, in an order that never matters. */
export const MOVED_TABLES: readonly MovedTable[] = [
  META,
  ...FIRST.filter(({ table }) => !STAYS.has(table)).map(toTable),
];

function toTable({ table, columns, key, unique = {} }: TablePlan): MovedTable {
  const ids = Object.keys(columns).filter((name) => columns[name] === 'id');
  return {
    name: table,
    columns: Object.keys(columns),
    key: key ?? ids,
    unique: Object.values(unique),
    hasRisingId: ids.length > 0,
  };
}
