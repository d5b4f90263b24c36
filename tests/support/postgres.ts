// A PostgreSQL for the tests: where it is, and databases of their own in it.
import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

/** The variable that names the server the tests may make databases in: `postgres://user@host:port/postgres`. */
export const POSTGRES_VARIABLE = 'UNDERSTUDY_TEST_POSTGRES';

const USUAL_PLACES = [
  'postgres://postgres@localhost/postgres?host=/var/run/postgresql',
  'postgres://postgres@127.0.0.1:5432/postgres',
];

const PREFIX = 'understudy_test';
const PATIENCE_MS = 2000;

/** A server that lets us make databases: the one we are told of, or else one at a usual place. */
export async function findPostgres(): Promise<string | undefined> {
  const told = process.env[POSTGRES_VARIABLE];
  for (const place of told ? [told] : USUAL_PLACES) if (await mayMakeDatabases(place)) return place;
  return undefined;
}

async function mayMakeDatabases(place: string): Promise<boolean> {
  try {
    const rows = await ask(place, 'select 1 from pg_roles where rolname = current_user and (rolcreatedb or rolsuper)');
    return rows.length > 0;
  } catch {
    return false;
  }
}

/** A database of a test's own, empty at first. */
export class FreshDatabase {
  readonly url: string;
  readonly #server: string;
  readonly #name: string;

  private constructor(server: string, name: string) {
    this.#server = server;
    this.#name = name;
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.url = url.href;
  }

  static async make(): Promise<FreshDatabase> {
    const server = await findPostgres();
    if (server === undefined)
      throw new Error(`No PostgreSQL was found that lets us make databases; name one in ${POSTGRES_VARIABLE}.`);
    const name = `${PREFIX}_${process.pid}_${randomBytes(6).toString('hex')}`;
    await ask(server, `create database ${name} template template0 encoding 'UTF8'`);
    // No test pulls PostgreSQL's plug.
    await ask(server, `alter database ${name} set synchronous_commit = off`);
    return new FreshDatabase(server, name);
  }

  /** Does something to it as its administrator would. */
  async ask(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return ask(this.url, sql);
  }

  /** A connection to it; whoever asks for one ends it. */
  async connect(): Promise<Client> {
    return connect(this.url);
  }

  /** Throws it away, whoever is still connected. */
  async drop(): Promise<void> {
    await ask(this.#server, `drop database if exists ${this.#name} with (force)`);
  }
}

/** Throws away the databases of processes that are no more. */
export async function dropForgottenDatabases(server: string, isAlive: (pid: number) => boolean): Promise<void> {
  const rows = await ask(server, `select datname from pg_database where datname like '${PREFIX}%'`);
  const names = rows.map(({ datname }) => String(datname));
  const forgotten = names.filter((name) => !isAlive(Number(name.split('_')[2])));
  for (const name of forgotten) await ask(server, `drop database if exists ${name} with (force)`);
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  // Dropping a database ends the connections to it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function ask(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = await connect(url);
  try {
    return (await client.query<Readonly<Record<string, unknown>>>(sql)).rows;
  } finally {
    await client.end();
  }
}
