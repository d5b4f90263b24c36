// Opens PostgreSQL as a storage engine: connections, transactions, and the news from other instances.
import { storesOver } from '../sql/acts.ts';
import { assertAtHome } from '../sql/seal.ts';
import type { Storage, StorageOptions } from '../storage.ts';
import { Connections } from './connections.ts';
import type { Way } from './generation.ts';
import { News } from './news.ts';
import { Patience } from './patience.ts';
import { PatientAttempts } from './patient-attempts.ts';
import { assertUsable, migrateTogether } from './prepare-database.ts';
import { Transactions } from './transactions.ts';

/** How long an act may take: somebody waits for a server's answer, while a command has time. */
const PATIENCE_MS = { server: 1400, tool: 60_000 };
/** And all acts of one request together: within two seconds everybody is told something. */
const REQUEST_MS = 1600;
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
  stopwatch = () => 0,
}: StorageOptions): Promise<Storage> {
  const way: Way = {
    url: databaseUrl,
    most: connections,
    connectMs: CONNECT_MS[mode],
    statementMs: PATIENCE_MS[mode] - HEAD_START_MS,
  };
  const pool = new Connections(way);
  const news = new News(way);
  const transactions = new Transactions(pool, PATIENCE_MS[mode]);
  try {
    await migrateTogether(new Transactions(pool, MIGRATION_MS));
    await transactions.run({ lane: 'read', work: assertAtHome });
    if (mode === 'server') await news.watch();
  } catch (reason) {
    await Promise.all([news.close(), pool.close()]);
    throw reason;
  }
  const patience = new Patience({ actMs: PATIENCE_MS[mode], requestMs: REQUEST_MS }, stopwatch);
  return assemble({ pool, news, transactions, patience });
}

interface Parts {
  readonly pool: Connections;
  readonly news: News;
  readonly transactions: Transactions;
  readonly patience: Patience;
}

function assemble({ pool, news, transactions, patience }: Parts): Storage {
  const stores = storesOver(async (call, kind) => {
    news.seal.assertOpen();
    const { result, changes } = await patience.spend((leftMs) => transactions.perform(call, kind, leftMs));
    news.announce(changes);
    return result;
  });
  const attempts = new PatientAttempts(stores.attempts, patience);
  let closing: Promise<unknown> | undefined;
  return {
    stores: { ...stores, attempts: attempts.store },
    changes: news.feed,
    perRequest: (work) => patience.perRequest(work),
    async check() {
      news.seal.assertOpen();
      await assertUsable(transactions);
    },
    backup: () => Promise.reject(new Error('PostgreSQL is backed up with pg_dump')),
    // PostgreSQL looks after its own files.
    integrity: () => Promise.resolve([]),
    async close() {
      await (closing ??= Promise.all([attempts.close(), news.close(), pool.close()]));
    },
  };
}
