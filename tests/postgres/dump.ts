// Everything a store holds, row by row, told alike whichever engine holds it.
import { DatabaseSync } from 'node:sqlite';

import { Client } from 'pg';

/** Rows by table, in an order of their own. */
type Dump = Readonly<Record<string, readonly string[]>>;

/** What belongs to the place and not to the data. */
const ELSEWHERE = new Set(['attempts', 'changes', 'holds', 'moves', 'move_changes', 'sqlite_sequence']);

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What of each table is at one end only: `accounts +1 -0` is a row more at the target. */
export async function differences(source: string, target: string): Promise<readonly string[]> {
  const [before, after] = [await dumpOf(source), await dumpOf(target)];
  const tables = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return tables.flatMap((table) => {
    const [here, there] = [new Set(before[table]), new Set(after[table])];
    const [more, less] = [
      [...there].filter((row) => !here.has(row)).length,
      [...here].filter((row) => !there.has(row)).length,
    ];
    return more + less === 0 ? [] : [`${table} +${more} -${less}`];
  });
}

/** Reads the whole of it. */
async function dumpOf(databaseUrl: string): Promise<Dump> {
  const path = /^sqlite:(?<path>.+)$/.exec(databaseUrl)?.groups?.['path'];
  return path === undefined ? dumpPostgres(databaseUrl) : dumpSqlite(path);
}

function dumpSqlite(path: string): Dump {
  const database = new DatabaseSync(path, { readOnly: true });
  const all = (query: string): Rows => database.prepare(query).all();
  const tables = all("select name from sqlite_master where type = 'table'").map(({ name }) => String(name));
  const dump = tables.map((table) => [table, told(all(['select * from', table].join(' ')))] as const);
  database.close();
  return sorted(dump);
}

async function dumpPostgres(url: string): Promise<Dump> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const all = async (query: string): Promise<Rows> => (await client.query<Record<string, unknown>>(query)).rows;
  const tables = await all("select tablename from pg_tables where schemaname = 'public'");
  const dump: (readonly [string, readonly string[]])[] = [];
  for (const { tablename } of tables) {
    const rows = await all(['select to_json(t) as row from', String(tablename), 't'].join(' '));
    dump.push([String(tablename), told(rows.map(({ row }) => row as Readonly<Record<string, unknown>>))]);
  }
  await client.end();
  return sorted(dump);
}

const sorted = (dump: readonly (readonly [string, readonly string[]])[]): Dump =>
  Object.fromEntries(
    dump.filter(([table]) => !ELSEWHERE.has(table)).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Columns in one order, rows in one order. */
function told(rows: Rows): readonly string[] {
  return rows
    .map((row) => JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))))
    .toSorted();
}
