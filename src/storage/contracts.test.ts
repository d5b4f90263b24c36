// Every promise of the storage ports, on every engine.
import { afterAll, describe } from 'vitest';
import { describeStores } from './every-store.contract.ts';
import { openStorage } from './index.ts';
import { OneServer } from './one-server.contract.ts';
import { InProcessPostgres } from './pglite.contract.ts';

describe('SQLite in memory', () => {
  describeStores(() => openStorage({ databaseUrl: 'sqlite::memory:', mode: 'tool' }));
});

describe('SQLite in a file, in a server', () => {
  const server = new OneServer();
  afterAll(() => server.close());
  describeStores(() => server.openEmpty());
});

describe('PostgreSQL in this process', () => {
  const postgres = new InProcessPostgres();
  afterAll(() => postgres.close());
  describeStores(() => postgres.openEmpty());
});
