// Opens PostgreSQL as a storage engine: connections, transactions, and the news from other instances.
import type { Reservation } from '#core';
import { storesOver } from '../sql/acts.ts';
import type { Storage, StorageOptions } from '../storage.ts';
import { AttemptsInLine } from './attempts-in-line.ts';
import { Connections } from './connections.ts';
import type { Way } from './generation.ts';
import { News } from './news.ts';
import { assertUsable, migrateTogether } from './prepare-database.ts';
import { Transactions } from './transactions.ts';

/** How long an act may take: somebody waits for a server's answer, while a command has time. */
const PATIENCE_MS = { server: 1400, tool: 60_000 };
const CONNECT_MS = { server: 1300, tool: 5000 };
/** PostgreSQL itself gives up a little earlier, so that a connection is closed only if it does not answer at all. */
const HEAD_START_MS = 200;

/** Until an instance that starts has to have its turn to migrate, and to be done. */
const MIGRATION_MS = 600_000;

const MOST_CONNECTIONS = 12;

/** Any number of servers and commands share one database. */
export async function openPostgres({
  databaseUrl,
  mode,
  connections = MOST_CONNECTIONS,
}: StorageOptions): Promise<Storage> {
  const way: Way = {
    url: databaseUrl,
    most: connections,
    connectMs: CONNECT_MS[mode],
    statementMs: PATIENCE_MS[mode] - HEAD_START_MS,
  };
  const pool = new Connections(way);
  const news = new News(way);
  try {
    await migrateTogether(new Transactions(pool, MIGRATION_MS));
    if (mode === 'server') await news.watch();
  } catch (reason) {
    await Promise.all([news.close(), pool.close()]);
    throw reason;
  }
  return assemble(pool, news, new Transactions(pool, PATIENCE_MS[mode]));
}

function assemble(pool: Connections, news: News, transactions: Transactions): Storage {
  const stores = storesOver(async (call, kind) => {
    const { result, changes } = await transactions.perform(call, kind);
    news.announce(changes);
    return result;
  });
  const line = new AttemptsInLine(stores.attempts);
  const attempts = { ...stores.attempts, reserve: (reservation: Reservation) => line.reserve(reservation) };
  let closing: Promise<unknown> | undefined;
  return {
    stores: { ...stores, attempts },
    changes: news.feed,
    check: () => assertUsable(transactions),
    backup: () => Promise.reject(new Error('PostgreSQL is backed up with pg_dump')),
    // PostgreSQL looks after its own files.
    integrity: () => Promise.resolve([]),
    async close() {
      await (closing ??= Promise.all([news.close(), pool.close()]));
    },
  };
}
