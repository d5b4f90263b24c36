// Whoever listens hears of every change once, whichever way the news comes first.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '#core';
import { Act, type NumberedChange } from '../sql/act.ts';
import { feedTable } from '../sql/feed-table.ts';
import { noteChange } from '../sql/note-change.ts';
import { ChangeRelay } from './change-relay.ts';
import { SqliteConnection } from './connection.ts';
import { migrateAlone } from './prepare-database.ts';

let connection: SqliteConnection;
let relay: ChangeRelay;
let told: string[];

beforeEach(async () => {
  connection = new SqliteConnection(':memory:', 'write');
  await migrateAlone(connection);
  relay = new ChangeRelay();
  told = [];
  relay.subscribe(({ key }) => told.push(key));
});
afterEach(() => {
  relay.stop();
  connection.close();
});

/** Writes changes into the feed table; what an act would have to announce. */
async function written(...keys: string[]): Promise<readonly NumberedChange[]> {
  const act = new Act(connection);
  for (const key of keys) await noteChange(act, { topic: 'session', key } satisfies Change, 0);
  return act.changes;
}

describe('news of changes', () => {
  it('comes once when the acknowledgement is faster than the table', async () => {
    await relay.watch(feedTable(connection));

    relay.announce(await written('own'));
    await written('other');

    await expect.poll(() => told).toEqual(['own', 'other']);
  });

  it('comes once when the table is faster than the acknowledgement', async () => {
    await relay.watch(feedTable(connection));

    const own = await written('own');
    await expect.poll(() => told).toEqual(['own']);
    relay.announce(own);

    expect(told).toEqual(['own']);
  });

  it('leaves out what was there before', async () => {
    await written('old');

    await relay.watch(feedTable(connection));
    await written('new');

    await expect.poll(() => told).toEqual(['new']);
  });

  it('comes complete, though more has happened than one look shows', async () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `${index}`);
    await relay.watch(feedTable(connection));

    await written(...keys);

    await expect.poll(() => told.length).toBe(keys.length);
    expect(told).toEqual(keys);
  });

  it('stops coming to those who no longer listen', async () => {
    const heard: string[] = [];
    const unsubscribe = relay.subscribe(({ key }) => heard.push(key));
    relay.announce(await written('first'));

    unsubscribe();
    relay.announce(await written('second'));

    expect([heard, told]).toEqual([['first'], ['first', 'second']]);
  });
});
