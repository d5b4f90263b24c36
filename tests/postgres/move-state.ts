// How far a move has come, as the databases at its ends know it.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { Client } from 'pg';

interface Departure {
  readonly state: string;
}

/** A value of the table in which moves are kept; undefined while there is none. */
async function noted(databaseUrl: string, name: string): Promise<string | undefined> {
  try {
    const path = /^sqlite:(?<path>.+)$/.exec(databaseUrl)?.groups?.['path'];
    return path === undefined ? await inPostgres(databaseUrl, name) : inSqlite(path, name);
  } catch {
    // There may be no such table yet.
    return undefined;
  }
}

async function inPostgres(url: string, name: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string }>('select value from moves where name = $1', [name]);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

function inSqlite(path: string, name: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const value = database.prepare('select value from moves where name = ?').get(name)?.['value'];
    return value === undefined ? undefined : String(value);
  } finally {
    database.close();
  }
}

/** Whether some rows of a table have come, and others perhaps not. */
export async function isCopying(target: string, table = 'accounts'): Promise<boolean> {
  return (await noted(target, `progress.${table}`)) !== undefined;
}

/** Whether nobody can sign in any more. */
export async function isSealed(source: string): Promise<boolean> {
  const departure = await noted(source, 'departure');
  return departure !== undefined && (JSON.parse(departure) as Departure).state === 'sealed';
}
