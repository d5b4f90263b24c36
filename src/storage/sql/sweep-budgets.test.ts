// Sweeping counters under a flood: their number stays bounded, and the bound costs nobody a lock.
import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS, SECOND, START, accountOf, auditOf, idOf, reservationOf } from '../../core/stores.contract.ts';
import { SqliteConnection } from '../sqlite/connection.ts';
import { migrateAlone } from '../sqlite/prepare-database.ts';
import { Act } from './act.ts';
import { SqlAccountStore } from './sql-account-store.ts';
import { SqlAttemptStore } from './sql-attempt-store.ts';
import { sweepBudgets } from './sweep-budgets.ts';

let connection: SqliteConnection;
beforeEach(async () => {
  connection = new SqliteConnection(':memory:', 'write');
  await migrateAlone(connection);
});

const attempts = () => new SqlAttemptStore(new Act(connection));

/** Wrong secrets for a subject, each from a network of its own. */
async function failing(subject: string, times: number, at: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const from = { sourceBucket: `${subject} ${time}`, subnet: `${subject} ${time}`, now: at };
    await attempts().reserve(reservationOf('attempt', subject, from));
    await attempts().fail('attempt', { limits: LIMITS, at, audit: auditOf('sign-in.password', at) });
  }
}

const subjectsLeft = async (): Promise<string[]> => {
  const rows = await connection.db.selectFrom('budgets').select('key').where('kind', '=', 'account').execute();
  return rows.map(({ key }) => key).toSorted();
};

const sweep = (mostOfAKind: number) =>
  sweepBudgets(new Act(connection), { now: START + 10 * SECOND, limits: LIMITS, atMost: 1000, mostOfAKind });

describe('more counters than there may be', () => {
  it('R-37 lose the oldest, though they are not quiet yet', async () => {
    for (const [second, name] of ['a', 'b', 'c', 'd'].entries()) await failing(name, 1, START + second * SECOND);

    await sweep(2);

    expect(await subjectsLeft()).toEqual(['c', 'd']);
  });

  it('R-37 keep every lock, however old', async () => {
    await failing('victim', 5, START);
    for (const [second, name] of ['a', 'b', 'c'].entries()) await failing(name, 1, START + second * SECOND);

    await sweep(1);

    expect(await subjectsLeft()).toEqual(['c', 'victim']);
  });

  it('R-31 keep those of accounts there are', async () => {
    await new SqlAccountStore(new Act(connection)).create(accountOf(1), auditOf('account.create'));
    await failing(idOf(1), 1, START);
    for (const [second, name] of ['a', 'b', 'c'].entries()) await failing(name, 1, START + second * SECOND);

    await sweep(1);

    expect(await subjectsLeft()).toEqual([idOf(1), 'c']);
  });

  it('are left alone while there are few enough', async () => {
    for (const name of ['a', 'b']) await failing(name, 1, START);

    const swept = await sweep(2);

    expect(swept).toBe(0);
  });
});
