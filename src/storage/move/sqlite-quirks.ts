// How data moves into an SQLite database and out of it.
import { expressionBuilder, type RawBuilder, sql } from 'kysely';
import type { MoveQuirks } from './move-quirks.ts';
import { MOVED_TABLES, type MovedTable } from './moved-table.ts';

type Fragment = RawBuilder<unknown>;

const EVENTS = { insert: sql`insert`, update: sql`update`, delete: sql`delete` };

/** A trigger takes no parameters, but a number may stand in it. */
const numberOf = (table: MovedTable): Fragment => sql`${expressionBuilder().lit(MOVED_TABLES.indexOf(table))}`;

const keyOf = (row: 'new' | 'old', { key }: MovedTable): Fragment =>
  sql`json_array(${sql.join(key.map((column) => sql.ref(`${row}.${column}`)))})`;

function noting(table: MovedTable, row: 'new' | 'old'): Fragment {
  return sql`insert into move_changes (subject, key) values (${numberOf(table)}, ${keyOf(row, table)});`;
}

const triggerName = (table: MovedTable, what: string): Fragment => sql.id(`${what}_${table.name}`);

function sealing(table: MovedTable, event: keyof typeof EVENTS): Fragment {
  const name = triggerName(table, `seal_${event}`);
  const on = sql`before ${EVENTS[event]} on ${sql.table(table.name)}`;
  return sql`create trigger if not exists ${name} ${on} begin select raise(abort, 'understudy: sealed'); end`;
}

const dropping = (table: MovedTable, what: string): Fragment => sql`drop trigger if exists ${triggerName(table, what)}`;

/** SQLite's own ways. */
export const sqliteQuirks: MoveQuirks = {
  unpack(_table, columns, json) {
    const picked = columns.map((name) => sql`json_extract(value, ${`$.${name}`}) as ${sql.ref(name)}`);
    return sql`(select ${sql.join(picked)} from json_each(${json}))`;
  },
  ownIds: sql``,
  subjectOf: (table) => String(MOVED_TABLES.indexOf(table)),
  preparation: [],
  noteChanges(table) {
    const on = sql.table(table.name);
    const key = sql.join(table.key.map((column) => sql.ref(column)));
    const create = (what: string): Fragment => sql`create trigger if not exists ${triggerName(table, what)}`;
    return [
      sql`${create('note_insert')} after insert on ${on} begin ${noting(table, 'new')} end`,
      sql`${create('note_update')} after update on ${on} begin ${noting(table, 'old')} end`,
      sql`${create('note_key')} after update of ${key} on ${on} begin ${noting(table, 'new')} end`,
      sql`${create('note_delete')} after delete on ${on} begin ${noting(table, 'old')} end`,
    ];
  },
  stopNoting: (table) => ['note_insert', 'note_update', 'note_key', 'note_delete'].map((what) => dropping(table, what)),
  seal: (table) => [sealing(table, 'insert'), sealing(table, 'update'), sealing(table, 'delete')],
  unseal: (table) => Object.keys(EVENTS).map((event) => dropping(table, `seal_${event}`)),
  lastId: (table) => sql`select max(seq) as last from sqlite_sequence where name = ${table.name}`,
  continueAfter: (table, id) => [
    sql`delete from sqlite_sequence where name = ${table.name}`,
    sql`insert into sqlite_sequence (name, seq) values (${table.name}, ${id})`,
  ],
  settling: [],
};
