// The connections of one stretch of time, on a real PostgreSQL: whoever had one leaves no trace.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { FreshDatabase } from '#tests/support/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { Generation } from '../../src/storage/postgres/generation.ts';

const VISITS = 200;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let database: FreshDatabase;
let generation: Generation;
beforeAll(async () => {
  database = await FreshDatabase.make();
  generation = new Generation({ url: database.url, most: 6, connectMs: 5000, statementMs: 5000 });
});
afterAll(async () => {
  await generation.end(0);
  await database.drop();
});

/** What a request carries with it, seen from outside: gone once nothing holds it any more. */
async function visits(count: number): Promise<readonly WeakRef<object>[]> {
  const requests = new AsyncLocalStorage<object>();
  const seen: WeakRef<object>[] = [];
  for (let visit = 0; visit < count; visit += 1) {
    const request = { body: 'x'.repeat(1000) };
    seen.push(new WeakRef(request));
    await requests.run(request, async () => (await generation.connect('read')).release());
  }
  return seen;
}

it('R-104 keeps nothing of those who had a connection', async () => {
  const seen = await visits(VISITS);

  for (let turn = 0; turn < 5; turn += 1) {
    await nextTurn();
    collectGarbage();
  }

  // The last one may still be on somebody's stack.
  expect(seen.filter((request) => request.deref() !== undefined).length).toBeLessThan(VISITS / 10);
});

it('R-99 turns away who waits for a connection, and who comes, once it is given up', async () => {
  const doomed = new Generation({ url: database.url, most: 2, connectMs: 5000, statementMs: 5000 });
  const held = await doomed.connect('read');
  const waiting = doomed.connect('read').catch((reason: unknown) => reason);

  const ended = doomed.end(5000);
  const late = doomed.connect('read').catch((reason: unknown) => reason);
  held.release();
  await ended;

  expect(await Promise.all([waiting, late])).toEqual([
    expect.objectContaining({ message: 'the connections to the database were given up' }),
    expect.objectContaining({ message: expect.stringMatching(/given up|after calling end/) as string }),
  ]);
});
