// Allowances in SQL: spent from together by the core's arithmetic, within one act.
import {
  type Aftermath,
  type Allowance,
  type AllowanceState,
  type AllowanceStore,
  type ClosedCount,
  closeAllowance,
  creditAllowance,
  judgeAllowance,
  returnToAllowance,
  spendAllowance,
  type SpendOutcome,
} from '#core';
import type { Act } from './act.ts';
import { holdAllowance, readAllowance, writeAllowance } from './allowance-rows.ts';
import { Statement } from './statement.ts';

const countClosed = new Statement((db, p: { now: number }) =>
  db
    .selectFrom('allowances')
    .select((by) => ['name', by.fn.countAll<number>().as('count')])
    .where('closed_until', '>', p.now)
    .groupBy('name')
    .orderBy('name'),
);

const dropEnded = new Statement((db, p: { now: number; limit: number }) =>
  db
    .deleteFrom('allowances')
    .where((by) =>
      by(
        by.refTuple('name', 'key'),
        'in',
        by
          .selectFrom('allowances')
          .select(['name', 'key'])
          .where('ends_at', '<=', p.now)
          .limit(p.limit)
          .$asTuple('name', 'key'),
      ),
    ),
);

/** An allowance and its count. */
type Counted = readonly [allowance: Allowance, state: AllowanceState];

/** Keeps allowances, within one act. */
export class SqlAllowanceStore implements AllowanceStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async spend(allowances: readonly Allowance[], now: number): Promise<SpendOutcome> {
    // Most of a flood is refused by what everybody can read, without a write.
    const seen = judgeAll(await this.#all(allowances, (each) => readAllowance(this.#act, each)), now);
    if (seen.outcome === 'refused' && !seen.isNews) return seen;
    const held = await this.#all(inOneOrder(allowances), (each) => holdAllowance(this.#act, each, now));
    const answer = judgeAll(inOrderOf(allowances, held), now);
    if (answer.outcome === 'granted')
      for (const [each, state] of held) await writeAllowance(this.#act, each, spendAllowance(state, each, now));
    else await this.#close(held, answer);
    return answer;
  }

  async settle({ spentAt, returned = [], used = [] }: Aftermath): Promise<void> {
    const held = await this.#all(inOneOrder([...returned, ...used]), (each) => holdAllowance(this.#act, each, spentAt));
    for (const [each, state] of held)
      await writeAllowance(
        this.#act,
        each,
        returned.includes(each) ? returnToAllowance(state, each, spentAt) : creditAllowance(state),
      );
  }

  async closed(now: number): Promise<readonly ClosedCount[]> {
    return countClosed.all(this.#act, { now });
  }

  async sweep(now: number, limit: number): Promise<number> {
    return dropEnded.affected(this.#act, { now, limit });
  }

  /** Those that were held and never written before must not stay behind empty. */
  async #close(held: readonly Counted[], { allowance, until, isNews }: Refused): Promise<void> {
    for (const [each, state] of held)
      await writeAllowance(this.#act, each, isNews && each === allowance ? closeAllowance(state, until) : state);
  }

  async #all(
    allowances: readonly Allowance[],
    look: (each: Allowance) => Promise<AllowanceState>,
  ): Promise<readonly Counted[]> {
    const counted: Counted[] = [];
    for (const each of allowances) counted.push([each, await look(each)]);
    return counted;
  }
}

type Refused = Extract<SpendOutcome, { outcome: 'refused' }>;

/** What the first allowance that refuses says. */
function judgeAll(counted: readonly Counted[], now: number): SpendOutcome {
  for (const [allowance, state] of counted) {
    const standing = judgeAllowance(state, allowance, now);
    if (standing.outcome === 'refused') return { ...standing, allowance };
  }
  return { outcome: 'granted' };
}

/** Whoever holds several holds them in this order, so that no two wait for each other. */
function inOneOrder(allowances: readonly Allowance[]): readonly Allowance[] {
  const nameOf = ({ name, key }: Allowance): string => `${name} ${key}`;
  return allowances.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function inOrderOf(allowances: readonly Allowance[], held: readonly Counted[]): readonly Counted[] {
  return allowances.flatMap((allowance) => held.filter(([each]) => each === allowance));
}
