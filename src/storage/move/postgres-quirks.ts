// How data moves into a PostgreSQL database and out of it.
import { type RawBuilder, sql } from 'kysely';
import type { MoveQuirks } from './move-quirks.ts';
import { MOVED_TABLES, type MovedTable } from './moved-table.ts';

/** Its arguments are the columns of the key. */
const NOTE = sql`
create or replace function understudy_note_change() returns trigger language plpgsql as $body$
declare
  former jsonb;
  present jsonb;
begin
  if tg_op <> 'INSERT' then
    select jsonb_agg(to_jsonb(old) -> name order by place) into former
      from unnest(tg_argv) with ordinality as key_column (name, place);
    insert into move_changes (subject, key) values (tg_table_name, former::text);
  end if;
  if tg_op <> 'DELETE' then
    select jsonb_agg(to_jsonb(new) -> name order by place) into present
      from unnest(tg_argv) with ordinality as key_column (name, place);
    if present is distinct from former then
      insert into move_changes (subject, key) values (tg_table_name, present::text);
    end if;
  end if;
  return null;
end
$body$`;

const REFUSE = sql`
create or replace function understudy_refuse_change() returns trigger language plpgsql as $body$
begin
  raise exception 'the data is moving' using errcode = 'US001';
end
$body$`;

const on = ({ name }: MovedTable): RawBuilder<unknown> => sql.table(name);
const sequenceOf = ({ name, key }: MovedTable): RawBuilder<unknown> => sql`pg_get_serial_sequence(${name}, ${key[0]})`;

/** PostgreSQL's own ways. */
export const postgresQuirks: MoveQuirks = {
  unpack: (table, columns, json) =>
    sql`(select ${sql.join(columns.map((name) => sql.ref(name)))} from json_populate_recordset(null::${on(table)}, ${json}::json))`,
  ownIds: sql`overriding system value`,
  subjectOf: ({ name }) => name,
  preparation: [NOTE, REFUSE],
  noteChanges: (table) => [
    sql`create or replace trigger understudy_note after insert or update or delete on ${on(table)} for each row
      execute function understudy_note_change(${sql.join(table.key.map((column) => sql.ref(column)))})`,
  ],
  stopNoting: (table) => [sql`drop trigger if exists understudy_note on ${on(table)}`],
  seal: (table) => [
    sql`create or replace trigger understudy_seal before insert or update or delete on ${on(table)} for each statement
      execute function understudy_refuse_change()`,
  ],
  unseal: (table) => [sql`drop trigger if exists understudy_seal on ${on(table)}`],
  lastId: (table) => sql`select pg_sequence_last_value(${sequenceOf(table)}::regclass) as last`,
  continueAfter: (table, id) => [sql`select setval(${sequenceOf(table)}, ${id})`],
  settling: MOVED_TABLES.map((table) => sql`analyze ${on(table)}`),
};
