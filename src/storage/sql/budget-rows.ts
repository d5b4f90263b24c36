// Budgets as rows: which ones an attempt is charged to, what they say, and how a failure is counted.
import {
  type BudgetKey,
  type BudgetKind,
  type BudgetLimits,
  type BudgetState,
  FRESH_BUDGET,
  countFailure,
} from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

/** Which budget: `source` is empty but for the known source of an account. */
export interface BudgetPlace {
  readonly kind: BudgetKind;
  readonly key: string;
  readonly source: string;
}

type BudgetRow = Selectable<Tables['budgets']>;
type BudgetValues = { readonly [K in Exclude<keyof BudgetRow, 'is_lasting'>]: BudgetRow[K] };

type FourKeys = { readonly [K in `${'kind' | 'key' | 'source'}${1 | 2 | 3 | 4}`]: string };

const readFour = new Statement((db, p: FourKeys) =>
  db
    .selectFrom('budgets')
    .selectAll()
    .where((by) =>
      by.or([
        by.and({ kind: p.kind1, key: p.key1, source: p.source1 }),
        by.and({ kind: p.kind2, key: p.key2, source: p.source2 }),
        by.and({ kind: p.kind3, key: p.key3, source: p.source3 }),
        by.and({ kind: p.kind4, key: p.key4, source: p.source4 }),
      ]),
    ),
);

const write = new Statement((db, p: BudgetValues) =>
  db
    .insertInto('budgets')
    .values((by) => ({
      kind: p.kind,
      key: p.key,
      source: p.source,
      failures: p.failures,
      window_started_at: p.window_started_at,
      in_a_row: p.in_a_row,
      waits: p.waits,
      locked_until: p.locked_until,
      failed_at: p.failed_at,
      is_lasting: by
        .selectFrom('accounts')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('id', '=', p.key),
    }))
    .onConflict((conflict) =>
      conflict.columns(['kind', 'key', 'source']).doUpdateSet((eb) => ({
        failures: eb.ref('excluded.failures'),
        window_started_at: eb.ref('excluded.window_started_at'),
        in_a_row: eb.ref('excluded.in_a_row'),
        waits: eb.ref('excluded.waits'),
        locked_until: eb.ref('excluded.locked_until'),
        failed_at: eb.ref('excluded.failed_at'),
        is_lasting: eb.ref('excluded.is_lasting'),
      })),
    ),
);

const drop = new Statement((db, p: { kind: string; key: string; source: string }) =>
  db.deleteFrom('budgets').where('kind', '=', p.kind).where('key', '=', p.key).where('source', '=', p.source),
);

/** The budgets of a source and its subnet. */
export function placesOfSource(bucket: string, subnet: string): readonly [BudgetPlace, BudgetPlace] {
  return [
    { kind: 'source', key: bucket, source: '' },
    { kind: 'subnet', key: subnet, source: '' },
  ];
}

/** The budget of the different names a source fails with. */
export function placeOfNames(bucket: string): BudgetPlace {
  return { kind: 'names', key: bucket, source: '' };
}

/** The budget of an account (or phantom), as this source is charged to it. */
export function placeOfSubject(subject: string, source: string, kind: 'account' | 'known'): BudgetPlace {
  return { kind, key: subject, source: kind === 'known' ? source : '' };
}

/** The one-part name by which the core speaks of it. */
export function toBudgetKey({ kind, key, source }: BudgetPlace): BudgetKey {
  return { kind, key: source === '' ? key : `${key}|${source}` };
}

/** What each of the places says, in their order; at most one of a kind, and four in all. */
export async function readBudgets(act: Act, places: readonly BudgetPlace[]): Promise<readonly BudgetState[]> {
  const [first, second = first, third = second, fourth = third] = places;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return [];
  const rows = await readFour.all(act, {
    kind1: first.kind,
    key1: first.key,
    source1: first.source,
    kind2: second.kind,
    key2: second.key,
    source2: second.source,
    kind3: third.kind,
    key3: third.key,
    source3: third.source,
    kind4: fourth.kind,
    key4: fourth.key,
    source4: fourth.source,
  });
  return places.map(({ kind }) => toState(rows.find((row) => row.kind === kind)));
}

export function toState(row: BudgetRow | undefined): BudgetState {
  if (row === undefined) return FRESH_BUDGET;
  return {
    failures: row.failures,
    windowStartedAt: row.window_started_at,
    inARow: row.in_a_row,
    waits: row.waits,
    lockedUntil: row.locked_until,
    failedAt: row.failed_at,
  };
}

/** Counts one failure against each of the places. */
export async function chargeFailure(
  act: Act,
  places: readonly BudgetPlace[],
  { limits, at }: { limits: BudgetLimits; at: number },
): Promise<void> {
  const before = await readBudgets(act, places);
  for (const [index, place] of places.entries()) {
    const state = countFailure(before[index] ?? FRESH_BUDGET, limits[place.kind], at);
    await write.affected(act, {
      kind: place.kind,
      key: place.key,
      source: place.source,
      failures: state.failures,
      window_started_at: state.windowStartedAt,
      in_a_row: state.inARow,
      waits: state.waits,
      locked_until: state.lockedUntil,
      failed_at: state.failedAt,
    });
  }
}

export async function clearBudget(act: Act, { kind, key, source }: BudgetPlace): Promise<void> {
  await drop.affected(act, { kind, key, source });
}

const interrupt = new Statement((db, p: { kind: string; key: string; source: string }) =>
  db
    .updateTable('budgets')
    .set({ in_a_row: 0 })
    .where('kind', '=', p.kind)
    .where('key', '=', p.key)
    .where('source', '=', p.source),
);

/** The next failure is the first of a new row; those of the window stay counted. */
export async function endRow(act: Act, { kind, key, source }: BudgetPlace): Promise<void> {
  await interrupt.affected(act, { kind, key, source });
}
