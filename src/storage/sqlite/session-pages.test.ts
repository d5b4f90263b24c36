// A page of sessions costs what the page has, however many sessions the account holds.
import type { CompiledQuery } from 'kysely';
import { expect, it } from 'vitest';
import { Act } from '../sql/act.ts';
import { SqlSessionStore } from '../sql/sql-session-store.ts';
import { SqliteConnection } from './connection.ts';
import { migrateAlone } from './prepare-database.ts';

it('finds a page by the index alone, in its order', async () => {
  const connection = new SqliteConnection(':memory:', 'write');
  await migrateAlone(connection);
  const asked: string[] = [];
  const listening = {
    db: connection.db,
    compiled: connection.compiled,
    execute<R>(query: CompiledQuery<R>) {
      asked.push(query.sql);
      return connection.execute(query);
    },
  };

  const page = { accountId: 'a', liveAt: 0, limit: 20, after: { issuedAt: 1, id: 'b' } };
  await new SqlSessionStore(new Act(listening)).page(page);

  const plan = connection.prepare(`explain query plan ${asked[0]}`).all('a', 1, 'b', 0, 20);
  connection.close();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH sessions USING INDEX sessions_of_account (account_id=? AND (issued_at,id)<(?,?))',
  ]);
});
