// Makes both ends agree on a move before a row is carried: that it begins, or that it goes on.
import type { Act } from '../sql/act.ts';
import { type Arrival, type Departure, MovedError, readMove } from '../sql/seal.ts';
import { type End, rowsOf, runAll } from './end.ts';
import { writeArrival, writeDeparture, writeProgress } from './ledger.ts';
import { META, MOVED_TABLES } from './moved-table.ts';
import { Tally } from './tally.ts';

/** What was agreed. */
export interface Agreement {
  readonly departure: Departure;
  readonly isResumed: boolean;
  /** Only the source does not know yet that everything is at the target. */
  readonly isArrived: boolean;
  /** Where the file went that was at the target. */
  readonly replaced: string | undefined;
}

interface Wish {
  readonly id: string;
  readonly mayReplace: boolean;
}

const TABLES = MOVED_TABLES.map(({ name }) => name).join(' ');

/** @throws MovedError when the ends belong to different moves, or the target is in use */
export async function agree(source: End, target: End, wish: Wish): Promise<Agreement> {
  const departure = await source.read((act) => readMove<Departure>(act, 'departure'));
  return departure === undefined ? begin(source, target, wish) : goOn(target, departure);
}

async function goOn(target: End, departure: Departure): Promise<Agreement> {
  if (departure.state === 'moved') throw new MovedError(`the data has moved to ${departure.to} already`);
  const arrival = await target.read((act) => readMove<Arrival>(act, 'arrival'));
  if (arrival?.id !== departure.id)
    throw new MovedError(`the data is moving to ${departure.to}: go on with that, or give it up with --cancel`);
  if (departure.tables !== TABLES)
    throw new MovedError(
      'another version of the program began this move: finish it with that one, or give it up with --cancel',
    );
  return { departure, isResumed: true, isArrived: arrival.isDone, replaced: undefined };
}

async function begin(source: End, target: End, { id, mayReplace }: Wish): Promise<Agreement> {
  if (!mayReplace && (await isUsed(target)))
    throw new MovedError(`${target.shown} has been used already; say --replace to give up what is there`);
  const replaced = mayReplace && (await isUsed(target)) ? await target.empty() : undefined;
  const departure: Departure = { id, to: target.shown, state: 'copying', tables: TABLES };
  await target.write(async (act) => {
    await writeArrival(act, { id, isDone: false });
    await countWhatIsThere(act, target);
  });
  await source.writeAlone(async (act) => {
    await runAll(act, source.quirks.preparation);
    for (const table of MOVED_TABLES) await runAll(act, source.quirks.noteChanges(table));
    await writeDeparture(act, departure);
  });
  return { departure, isResumed: false, isArrived: false, replaced };
}

/** A new database knows its version; everything else comes. */
async function countWhatIsThere(act: Act, target: End): Promise<void> {
  const rows = (await rowsOf(target).get(META.name)?.page(act, undefined, 2)) ?? [];
  const tally = new Tally();
  tally.add(META, rows);
  await writeProgress(act, META.name, { last: undefined, isCopied: false, tally });
}

/** Whether there is anything but what a new database has. */
async function isUsed(target: End): Promise<boolean> {
  const rows = rowsOf(target);
  const departure = await target.read((act) => readMove<Departure>(act, 'departure'));
  if (departure !== undefined) return true;
  for (const { name } of MOVED_TABLES) {
    const [first, second] = await target.read(async (act) => (await rows.get(name)?.page(act, undefined, 2)) ?? []);
    if (first !== undefined && (name !== META.name || second !== undefined)) return true;
  }
  return false;
}
