// PostgreSQL stopped, late, or losing its connections, each for half a minute, while people sign in through every login.
import { setTimeout as pause } from 'node:timers/promises';

import { RunningClock } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startWorld, type World } from '../laws/somebody.ts';
import { Crowd, isBusy, isOfTheDialect, type Told, UNDISTURBED } from '../postgres/crowd.ts';
import { type Disturbance, Line } from '../postgres/line.ts';
import { soon } from '../postgres/soon.ts';
import { machine } from './figures.ts';
import { OwnPostgres } from './own-postgres.ts';

const SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 30);
const DEADLINE_MS = 2000;
const RECOVERY_MS = 5000;
/** Each connection lasts for so many answers of the database, which is less than a sign-in needs. */
const ANSWERS = 6;

let postgres: OwnPostgres;
let line: Line;
let world: World;

beforeAll(async () => {
  postgres = await OwnPostgres.start();
  line = await Line.to(postgres.url);
  world = await startWorld({ clock: new RunningClock(), settings: { databaseUrl: line.through(postgres.url) } });
});
afterAll(async () => {
  await world.server.close();
  line.close();
  await postgres.remove();
});

const countOf = (answers: readonly Told[], isSo: (each: Told) => boolean): string =>
  answers.filter(isSo).length.toLocaleString('en');

const onTheLine = (disturbance: Disturbance) => ({
  begin: async () => line.disturb(disturbance),
  end: () => line.mend(),
});

describe.each([
  { how: 'stopped, and started again', begin: () => postgres.stop(), end: () => postgres.start(), isTotal: true },
  { how: 'two seconds late', ...onTheLine({ is: 'slow', milliseconds: 2000 }), isTotal: true },
  { how: 'behind a line that resets every connection', ...onTheLine({ is: 'cut' }), isTotal: true },
  {
    how: `behind a line that resets connections after ${ANSWERS} answers`,
    ...onTheLine({ is: 'brittle', after: ANSWERS }),
    isTotal: false,
  },
])('with PostgreSQL $how', ({ how, begin, end, isTotal }) => {
  it('R-99 lets nobody in without a record, answers in time, recovers by itself and forgets no failure', async () => {
    const crowd = await Crowd.at(world);
    let disturbedAt = 0;
    await crowd.during(async () => {
      await begin();
      disturbedAt = performance.now();
      await pause(SECONDS * 1000);
    });
    await end();
    const recoveredMs = await soon(() => crowd.isIn());

    const late = crowd.answers.filter(({ startedAt }) => startedAt > disturbedAt);
    const slowestMs = Math.max(...crowd.answers.slice(UNDISTURBED).map(({ tookMs }) => tookMs));
    const lost = await crowd.lostTokens();
    const guesses = await crowd.guessesLookedAt();
    process.stdout.write(
      `\n${machine()}; PostgreSQL ${how}, ${SECONDS} s: ${late.length.toLocaleString('en')} sign-ins answered, ` +
        `${countOf(late, ({ token }) => token !== undefined)} let in, ${countOf(late, ({ says, speaker }) => says === speaker.answers.fault)} told of a fault, ` +
        `${countOf(late, isBusy)} told to come back; slowest answer ${slowestMs.toFixed(0)} ms; first success ${recoveredMs.toFixed(0)} ms after the end; ` +
        `${lost} tokens without a record; ${guesses} guesses looked at\n`,
    );
    expect(crowd.answers.filter((each) => !isOfTheDialect(each)).map(({ says }) => says)).toEqual([]);
    expect(late.length).toBeGreaterThan(0);
    expect(isTotal ? late.filter(({ token }) => token !== undefined) : []).toEqual([]);
    expect(slowestMs).toBeLessThan(DEADLINE_MS);
    expect(recoveredMs).toBeLessThan(RECOVERY_MS);
    expect(lost).toBe(0);
    expect(guesses).toBeLessThanOrEqual(5);
  });
});
