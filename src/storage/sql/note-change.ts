// Tells everybody of a change: in the feed table for other processes, on the act for our own.
import type { Change } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

/** So many changes stay readable; a process would have to sleep through all of them to miss one. */
const KEPT = 200_000;
const SWEPT_EVERY = 1024;

const append = new Statement((db, p: { topic: string; key: string; at: number }) =>
  db.insertInto('changes').values({ topic: p.topic, key: p.key, at: p.at }).returning('id'),
);

const sweep = new Statement((db, p: { before: number }) => db.deleteFrom('changes').where('id', '<', p.before));

export async function noteChange(act: Act, change: Change, at: number): Promise<void> {
  const { id } = await append.one(act, { topic: change.topic, key: change.key, at });
  act.changes.push({ id, change });
  if (id % SWEPT_EVERY === 0) await sweep.affected(act, { before: id - KEPT });
}
