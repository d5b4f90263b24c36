// Clears away counters that no longer say anything. What still locks, or may have to lock one day, stays.
import { type BudgetKind, type BudgetLimits, KNOWN_SOURCE_MS } from '#core';
import type { Act } from './act.ts';
import { clearBudget, placeOfSubject } from './budget-rows.ts';
import { forgetNames } from './failed-names.ts';
import { Statement } from './statement.ts';

const deadAttempts = new Statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom('attempts')
    .where('id', 'in', (eb) => eb.selectFrom('attempts').select('id').where('expires_at', '<=', p.now).limit(p.limit)),
);

const forgottenSources = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('known_sources')
    .where((by) =>
      by(
        by.refTuple('account_id', 'source'),
        'in',
        by
          .selectFrom('known_sources')
          .select(['account_id', 'source'])
          .where('last_at', '<=', p.before)
          .limit(p.limit)
          .$asTuple('account_id', 'source'),
      ),
    )
    .returning(['account_id', 'source']),
);

/** What is counted against accounts there are is remembered as long as they exist. */
const fleetingBudgets = new Statement((db, p: { kind: string; failedBy: number; lockedBy: number; limit: number }) =>
  db
    .deleteFrom('budgets')
    .where((by) =>
      by(
        by.refTuple('kind', 'key', 'source'),
        'in',
        by
          .selectFrom('budgets')
          .select(['kind', 'key', 'source'])
          .where('is_lasting', '=', 0)
          .where('kind', '=', p.kind)
          .where('failed_at', '<=', p.failedBy)
          .where('locked_until', '<=', p.lockedBy)
          .orderBy('failed_at')
          .limit(p.limit)
          .$asTuple('kind', 'key', 'source'),
      ),
    ),
);

const firstBeyond = new Statement((db, p: { kind: string; kept: number }) =>
  db
    .selectFrom('budgets')
    .select('failed_at')
    .where('is_lasting', '=', 0)
    .where('kind', '=', p.kind)
    .orderBy('failed_at', 'desc')
    .limit(1)
    .offset(p.kept),
);

/** A flood of made-up names or addresses must not fill the disk: beyond so many of a kind the oldest go, unless they lock. */
const MOST_OF_A_KIND = 1_000_000;

interface Sweeping {
  readonly now: number;
  readonly limits: BudgetLimits;
  readonly atMost: number;
  readonly mostOfAKind?: number | undefined;
}

/** Removes at most so many rows; tells how many. */
export async function sweepBudgets(act: Act, { now, limits, atMost, mostOfAKind }: Sweeping): Promise<number> {
  let swept = await deadAttempts.affected(act, { now, limit: atMost });
  swept += await forgetNames(act, now - limits.names.windowSeconds * 1000, atMost - swept);
  swept += await sweepSources(act, now - KNOWN_SOURCE_MS, atMost - swept);
  for (const [kind, limit] of entriesOf(limits)) {
    const quiet = now - Math.max(limit.forgetAfterSeconds, limit.windowSeconds) * 1000;
    swept += await fleetingBudgets.affected(act, { kind, failedBy: quiet, lockedBy: quiet, limit: atMost - swept });
  }
  // Counting up to so many takes its time: once in a round is enough.
  return swept > 0 ? swept : sweepSurplus(act, { now, limits, atMost, mostOfAKind });
}

async function sweepSurplus(
  act: Act,
  { now, limits, atMost, mostOfAKind: kept = MOST_OF_A_KIND }: Sweeping,
): Promise<number> {
  let swept = 0;
  for (const [kind] of entriesOf(limits)) {
    const surplus = await firstBeyond.first(act, { kind, kept });
    if (surplus === undefined) continue;
    const limit = atMost - swept;
    swept += await fleetingBudgets.affected(act, { kind, failedBy: surplus.failed_at, lockedBy: now, limit });
  }
  return swept;
}

type Entries = [BudgetKind, BudgetLimits[BudgetKind]][];

const entriesOf = (limits: BudgetLimits): Entries => Object.entries(limits) as Entries;

/** A source that is forgotten is a stranger again, and what was counted for it says nothing any more. */
async function sweepSources(act: Act, before: number, limit: number): Promise<number> {
  const forgotten = await forgottenSources.all(act, { before, limit });
  for (const { account_id: account, source } of forgotten)
    await clearBudget(act, placeOfSubject(account, source, 'known'));
  return forgotten.length;
}
