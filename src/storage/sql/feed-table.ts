// The feed of changes as other processes read it.
import type { Change } from '#core';
import { Act, type Ground, type NumberedChange } from './act.ts';
import { Statement } from './statement.ts';

/** Reads the feed. */
export interface FeedTable {
  /** The number of the newest change, 0 if there is none. */
  newest(): Promise<number>;
  /** What came after the number, oldest first; not necessarily all of it at once. */
  after(id: number): Promise<readonly NumberedChange[]>;
}

/** So many at a time; the rest follows with the next look. */
const PAGE = 5000;

const newest = new Statement((db) => db.selectFrom('changes').select((eb) => eb.fn.max('id').as('id')));

const following = new Statement((db, p: { after: number; limit: number }) =>
  db.selectFrom('changes').select(['id', 'topic', 'key']).where('id', '>', p.after).orderBy('id').limit(p.limit),
);

/** Reads the feed over a connection. */
export function feedTable(ground: Ground): FeedTable {
  return {
    async newest() {
      return (await newest.one(new Act(ground), {})).id ?? 0;
    },
    async after(id) {
      const rows = await following.all(new Act(ground), { after: id, limit: PAGE });
      return rows.map((row) => ({ id: row.id, change: { topic: row.topic, key: row.key } as Change }));
    },
  };
}
