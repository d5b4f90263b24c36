// How PostgreSQL goes about sweeping.
import { openStorage } from '#storage';
import { FreshDatabase } from '#tests/support/postgres';
import { type CompiledQuery, Kysely } from 'kysely';
import { afterAll, beforeAll } from 'vitest';

import { queryCompilerFor } from '../../src/storage/postgres/kysely-dialect.ts';
import type { Ground } from '../../src/storage/sql/act.ts';
import { describeSweepPlans, type Explaining } from '../../src/storage/sql/sweep-plans.contract.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await FreshDatabase.make();
  await (await openStorage({ databaseUrl: database.url, mode: 'tool' })).close();
});
afterAll(() => database.drop());

/** So few rows are read from end to end by choice: whether there is another way shows when that one is closed. */
async function explaining(): Promise<Explaining> {
  const client = await database.connect();
  await client.query('begin; set local enable_seqscan = off');
  const execute: Ground['execute'] = async <R>({ sql, parameters }: CompiledQuery<R>) => {
    const { rows, rowCount } = await client.query<R & object>(sql, [...parameters]);
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  };
  return {
    ground: { db: new Kysely({ dialect: queryCompilerFor({ execute }) }), compiled: new Map(), execute },
    async wholeReads(sql, parameters) {
      const explained = ['explain', sql].join(' ');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(explained, [...parameters]);
      return rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan'));
    },
    async close() {
      await client.query('rollback');
      await client.end();
    },
  };
}

describeSweepPlans(explaining);
