// Allowances as rows: read, held against others who would spend from them, written, and forgotten.
import { type Allowance, type AllowanceState, endOfAllowance, FRESH_ALLOWANCE, type Mark } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

interface Place {
  readonly name: string;
  readonly key: string;
}

interface AllowanceValues extends Place {
  readonly marks: string;
  readonly closed_until: number;
  readonly ends_at: number;
}

const read = new Statement((db, p: Place) =>
  db.selectFrom('allowances').select(['marks', 'closed_until']).where('name', '=', p.name).where('key', '=', p.key),
);

/** Changes nothing, but from here to the end of the act nobody else can. */
const hold = new Statement((db, p: Place & { ends_at: number }) =>
  db
    .insertInto('allowances')
    .values({ name: p.name, key: p.key, marks: '[]', closed_until: 0, ends_at: p.ends_at })
    .onConflict((conflict) =>
      conflict.columns(['name', 'key']).doUpdateSet((eb) => ({ ends_at: eb.ref('allowances.ends_at') })),
    )
    .returning(['marks', 'closed_until']),
);

const write = new Statement((db, p: AllowanceValues) =>
  db
    .updateTable('allowances')
    .set({ marks: p.marks, closed_until: p.closed_until, ends_at: p.ends_at })
    .where('name', '=', p.name)
    .where('key', '=', p.key),
);

const drop = new Statement((db, p: Place) =>
  db.deleteFrom('allowances').where('name', '=', p.name).where('key', '=', p.key),
);

interface AllowanceRow {
  readonly marks: string;
  readonly closed_until: number;
}

function toState(row: AllowanceRow | undefined): AllowanceState {
  if (row === undefined) return FRESH_ALLOWANCE;
  const marks = JSON.parse(row.marks) as readonly (readonly [number, number, number])[];
  return {
    marks: marks.map(([since, spent, used]) => ({ since, spent, used })),
    closedUntil: row.closed_until,
  };
}

const toText = (marks: readonly Mark[]): string =>
  JSON.stringify(marks.map(({ since, spent, used }) => [since, spent, used]));

export async function readAllowance(act: Act, { name, key }: Allowance): Promise<AllowanceState> {
  return toState(await read.first(act, { name, key }));
}

/** As it is, and as it stays until this act has ended, unless this act changes it. */
export async function holdAllowance(act: Act, { name, key }: Allowance, now: number): Promise<AllowanceState> {
  return toState(await hold.one(act, { name, key, ends_at: now }));
}

export async function writeAllowance(act: Act, allowance: Allowance, state: AllowanceState): Promise<void> {
  const { name, key } = allowance;
  const says = state.marks.length > 0 || state.closedUntil > 0;
  if (!says) return void (await drop.affected(act, { name, key }));
  const { marks, closedUntil: closed_until } = state;
  const ends_at = endOfAllowance(state, allowance);
  await write.affected(act, { name, key, marks: toText(marks), closed_until, ends_at });
}
