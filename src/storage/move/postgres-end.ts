// A PostgreSQL database as one end of a move.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { Connections } from '../postgres/connections.ts';
import { toFault } from '../postgres/faults.ts';
import { migrateTogether } from '../postgres/prepare-database.ts';
import { Transactions } from '../postgres/transactions.ts';
import { Act } from '../sql/act.ts';
import { type End, runAll } from './end.ts';
import { MOVED_TABLES } from './moved-table.ts';
import { postgresQuirks } from './postgres-quirks.ts';

/** For counting or examining a table of many millions. */
const PATIENCE_MS = 600_000;
const CONNECT_MS = 5000;
/** Any number will do, as long as it is always the same. */
const MOVING = 8_020_519_875;
/** A process that was killed has its lock until PostgreSQL has noticed. */
const LOCK_LOOKS = 50;
const LOCK_LOOK_MS = 100;
/** Those who sign in wait no longer than this for a lock that is waited for. */
const ALONE_WAIT_MS = 400;
const ALONE_TRIES = 200;

/** Tables that are being filled have no statistics yet, and would be read from end to end for every page. */
const BEGINNING = 'begin isolation level read committed, read write; set local enable_seqscan = off';

const LOCK_ALL = sql`lock table ${sql.join(MOVED_TABLES.map(({ name }) => sql.table(name)))} in share row exclusive mode`;

/** A database, and a lock that keeps a second move away from it. */
export class PostgresEnd implements End {
  readonly quirks = postgresQuirks;
  readonly shown: string;
  readonly #lock: Client;
  readonly #pool: Connections;
  readonly #transactions: Transactions;

  private constructor(url: string, lock: Client) {
    this.shown = withoutPassword(url);
    this.#lock = lock;
    this.#pool = new Connections({ url, most: 3, connectMs: CONNECT_MS, statementMs: PATIENCE_MS });
    this.#transactions = new Transactions(this.#pool, PATIENCE_MS);
  }

  /** @throws Error when another process moves data from here or to here */
  static async open(url: string): Promise<PostgresEnd> {
    const end = new PostgresEnd(url, await lockFor(url));
    try {
      await migrateTogether(end.#transactions);
      return end;
    } catch (reason) {
      await end.close();
      throw reason;
    }
  }

  read<T>(work: (act: Act) => Promise<T>): Promise<T> {
    return this.#transactions.run({ lane: 'read', work: (lease) => work(new Act(lease)) });
  }

  write<T>(work: (act: Act) => Promise<T>): Promise<T> {
    return this.#transactions.run({ lane: 'write', beginning: BEGINNING, work: (lease) => work(new Act(lease)) });
  }

  /** Whoever writes waits a moment at most: when the tables are not to be had by then, it is tried again later. */
  async writeAlone<T>(work: (act: Act) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.write(async (act) => {
          await runAll(act, [sql`select set_config('lock_timeout', ${String(ALONE_WAIT_MS)}, true)`, LOCK_ALL]);
          return work(act);
        });
      } catch (reason) {
        if (tries === ALONE_TRIES || !isOutOfLuck(reason)) throw reason;
        await pause(ALONE_WAIT_MS);
      }
    }
  }

  async empty(): Promise<undefined> {
    const others = ['attempts', 'changes', 'moves', 'move_changes'];
    const names = [...MOVED_TABLES.map(({ name }) => name).filter((name) => name !== 'meta'), ...others];
    await this.writeAlone(async (act) => {
      for (const table of MOVED_TABLES)
        await runAll(act, [...this.quirks.unseal(table), ...this.quirks.stopNoting(table)]);
      await runAll(act, [
        sql`truncate ${sql.join(names.map((name) => sql.table(name)))}`,
        sql`delete from meta where name not like 'schema.%'`,
      ]);
    });
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#lock.end();
  }
}

/** Whether somebody else's write took too long to wait for. */
const isOutOfLuck = (reason: unknown): boolean => reason instanceof Error && reason.message.includes('lock timeout');

async function lockFor(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (let looks = 0; !(await isLocked(client)); looks += 1) {
      if (looks === LOCK_LOOKS) throw new Error('another process moves data from there or to there');
      await pause(LOCK_LOOK_MS);
    }
    return client;
  } catch (reason) {
    await client.end().catch(() => undefined);
    throw toFault(reason);
  }
}

async function isLocked(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [MOVING]);
  return rows[0]?.mine === true;
}

function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
