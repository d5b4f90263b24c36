// How SQLite goes about sweeping.
import { SqliteConnection } from '../sqlite/connection.ts';
import { migrateAlone } from '../sqlite/prepare-database.ts';
import { describeSweepPlans } from './sweep-plans.contract.ts';

describeSweepPlans(async () => {
  const connection = new SqliteConnection(':memory:', 'write');
  await migrateAlone(connection);
  return {
    ground: connection,
    async wholeReads(statement, parameters) {
      const explained = connection.prepare(['explain query plan', statement].join(' '));
      const lines = explained.all(...(parameters as string[])).map(({ detail }) => String(detail));
      // In the order of an index it ends as soon as there are enough.
      return lines.filter((line) => line.startsWith('SCAN') && !line.includes('USING'));
    },
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
});
