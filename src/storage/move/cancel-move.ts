// Gives a move up before it is over.
import { noteChange } from '../sql/note-change.ts';
import { type Arrival, type Departure, MovedError, readMove } from '../sql/seal.ts';
import { type End, runAll } from './end.ts';
import { forgetDeparture, writeArrival } from './ledger.ts';
import { MOVED_TABLES } from './moved-table.ts';
import { openEnd } from './open-end.ts';

/** Gives a move up: the source is open again, and what came to the target stays unusable. @throws MovedError when it is over */
export async function cancelMove(from: string, to: string): Promise<void> {
  const source = await openEnd(from, 'source');
  try {
    const departure = await source.read((act) => readMove<Departure>(act, 'departure'));
    if (departure === undefined) throw new MovedError('no move has begun here');
    if (departure.state === 'sealed') await assertNotArrived(to, departure);
    if (departure.state === 'moved') throw new MovedError(`the data is at ${departure.to}; move it back from there`);
    await reopen(source);
  } finally {
    await source.close();
  }
}

async function assertNotArrived(to: string, { id }: Departure): Promise<void> {
  const target = await openEnd(to, 'target');
  try {
    const arrival = await target.read((act) => readMove<Arrival>(act, 'arrival'));
    if (arrival?.id === id && arrival.isDone)
      throw new MovedError(`all of it has arrived at ${target.shown}: finish with understudy move`);
    await target.write((act) => writeArrival(act, { id: '', isDone: false }));
  } finally {
    await target.close();
  }
}

/** Nothing is refused and nothing is noted any more. */
async function reopen(source: End): Promise<void> {
  await source.writeAlone(async (act) => {
    for (const table of MOVED_TABLES)
      await runAll(act, [...source.quirks.unseal(table), ...source.quirks.stopNoting(table)]);
    await act.execute(act.ground.db.deleteFrom('move_changes').compile());
    await forgetDeparture(act);
    await noteChange(act, { topic: 'everything', key: '' }, 0);
  });
}
