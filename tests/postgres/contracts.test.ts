// Every promise of the storage ports, on a PostgreSQL server.
import { afterAll, describe } from 'vitest';

import { describeStores } from '../../src/storage/every-store.contract.ts';
import { OneDatabase } from './one-database.ts';

describe('PostgreSQL', () => {
  const one = new OneDatabase();
  afterAll(() => one.close());
  describeStores(() => one.openEmpty());
});
