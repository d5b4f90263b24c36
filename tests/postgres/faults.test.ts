// PostgreSQL disturbed while people sign in: whatever was under way is answered in time and in the dialect's words, and what was acknowledged is on record.
import { setTimeout as pause } from 'node:timers/promises';

import { FreshDatabase } from '#tests/support/postgres';
import { RunningClock } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startWorld, type World } from '../laws/somebody.ts';
import { Crowd, isBusy, isOfTheDialect, UNDISTURBED } from './crowd.ts';
import { type Disturbance, Line } from './line.ts';
import { soon } from './soon.ts';

const SO_LONG_MS = 3000;
const DEADLINE_MS = 2000;
/** whoever waited for a place and got none is told so by then. */
const BUSY_MS = 2500;
const RECOVERY_MS = 5000;

let database: FreshDatabase;
let line: Line;
let world: World;

beforeAll(async () => {
  database = await FreshDatabase.make();
  line = await Line.to(database.url);
  world = await startWorld({
    clock: new RunningClock(),
    settings: { databaseUrl: line.through(database.url), 'kdf.waitMs': 2000 },
  });
});
afterAll(async () => {
  await world.server.close();
  line.close();
  await database.drop();
});

describe.each<{ how: string; disturbance: Disturbance; isTotal: boolean }>([
  { how: 'refused', disturbance: { is: 'refused' }, isTotal: true },
  { how: 'cut in the middle of queries', disturbance: { is: 'cut' }, isTotal: true },
  { how: 'half open, taken but silent', disturbance: { is: 'dead' }, isTotal: true },
  { how: 'two seconds late', disturbance: { is: 'slow', milliseconds: 2000 }, isTotal: true },
  { how: 'a third of a second late', disturbance: { is: 'slow', milliseconds: 300 }, isTotal: false },
  { how: 'lost after the sixth answer of each connection', disturbance: { is: 'brittle', after: 6 }, isTotal: false },
  {
    how: 'lost after the thirtieth answer of each connection',
    disturbance: { is: 'brittle', after: 30 },
    isTotal: false,
  },
])('with PostgreSQL $how while people sign in', ({ disturbance, isTotal }) => {
  it('R-99 answers everybody in time and in words of the dialect, and gives no token that is not on record', async () => {
    const crowd = await Crowd.at(world);
    let disturbedAt = 0;
    await crowd.during(async () => {
      line.disturb(disturbance);
      disturbedAt = performance.now();
      await pause(SO_LONG_MS);
    });
    const mendedAt = performance.now();
    await line.mend();
    await soon(() => crowd.isIn());
    const recoveredMs = performance.now() - mendedAt;

    // What hashing takes on this machine at this moment is nothing the line can be blamed for.
    const usualMs = Math.max(...crowd.answers.slice(0, UNDISTURBED).map(({ tookMs }) => tookMs));
    const late = crowd.answers.filter(({ startedAt }) => startedAt > disturbedAt);
    expect(crowd.answers.filter((each) => !isOfTheDialect(each)).map(({ says }) => says)).toEqual([]);
    expect(crowd.answers.filter((each) => each.tookMs >= usualMs + (isBusy(each) ? BUSY_MS : DEADLINE_MS))).toEqual([]);
    expect(recoveredMs).toBeLessThan(RECOVERY_MS);
    expect(late.length).toBeGreaterThan(0);
    expect(isTotal ? late.filter(({ token }) => token !== undefined) : []).toEqual([]);
    expect(await crowd.lostTokens()).toBe(0);
    expect(await crowd.guessesLookedAt()).toBeLessThanOrEqual(5);
  });
});
