// How far a move has come, written down where the data goes to, together with the data: what was killed goes on from there.
import type { Act } from '../sql/act.ts';
import type { Arrival, Departure } from '../sql/seal.ts';
import { Statement } from '../sql/statement.ts';
import type { Row } from './moved-table.ts';
import { Tally } from './tally.ts';

const put = new Statement((db, p: { name: string; value: string }) =>
  db
    .insertInto('moves')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
);

const read = new Statement((db, p: { name: string }) =>
  db.selectFrom('moves').select('value').where('name', '=', p.name),
);

const drop = new Statement((db, p: { name: string }) => db.deleteFrom('moves').where('name', '=', p.name));

/** One table so far. */
export interface TableProgress {
  /** The key of the last row copied in the order of keys. */
  readonly last: Row | undefined;
  readonly isCopied: boolean;
  /** What the table holds at the target. */
  readonly tally: Tally;
}

interface Noted {
  readonly last?: Row;
  readonly isCopied: boolean;
  readonly rows: number;
  readonly checksum: string;
}

const nameOf = (table: string): string => `progress.${table}`;

export async function writeDeparture(act: Act, departure: Departure): Promise<void> {
  await put.affected(act, { name: 'departure', value: JSON.stringify(departure) });
}

export async function forgetDeparture(act: Act): Promise<void> {
  await drop.affected(act, { name: 'departure' });
}

export async function writeArrival(act: Act, arrival: Arrival): Promise<void> {
  await put.affected(act, { name: 'arrival', value: JSON.stringify(arrival) });
}

export async function readProgress(act: Act, table: string): Promise<TableProgress> {
  const row = await read.first(act, { name: nameOf(table) });
  if (row === undefined) return { last: undefined, isCopied: false, tally: new Tally() };
  const { last, isCopied, rows, checksum } = JSON.parse(row.value) as Noted;
  return { last, isCopied, tally: new Tally(rows, checksum) };
}

export async function writeProgress(act: Act, table: string, { last, isCopied, tally }: TableProgress): Promise<void> {
  const noted: Noted = { ...(last && { last }), isCopied, rows: tally.rows, checksum: tally.checksum };
  await put.affected(act, { name: nameOf(table), value: JSON.stringify(noted) });
}

export async function forgetProgress(act: Act, table: string): Promise<void> {
  await drop.affected(act, { name: nameOf(table) });
}
