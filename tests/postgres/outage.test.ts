// PostgreSQL out of reach: nobody gets in, every dialect says so in its own words and in time, and everything is as it was afterwards.
import { FreshDatabase } from '#tests/support/postgres';
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { introspect, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { EVERY_SPEAKER, type Speaker, told } from '../laws/speakers.ts';
import { Line } from './line.ts';
import { soon } from './soon.ts';

let database: FreshDatabase;
let line: Line;
let world: World;
let person: Somebody;

beforeAll(async () => {
  database = await FreshDatabase.make();
  line = await Line.to(database.url);
  world = await startWorld({ settings: { databaseUrl: line.through(database.url) } });
  person = await invite(world);
});
afterAll(async () => {
  await world.server.close();
  line.close();
  await database.drop();
});

/** What a sign-in through every login is answered, and how long the slowest took. */
async function everybodySignsIn(): Promise<{ readonly heard: readonly string[]; readonly slowestMs: number }> {
  const startedAt = performance.now();
  const answers = await Promise.all(
    EVERY_SPEAKER.map(async (speaker) => {
      const heard = told(await world.signIn(speaker, person));
      return { heard, tookMs: performance.now() - startedAt };
    }),
  );
  return { heard: answers.map(({ heard }) => heard), slowestMs: Math.max(...answers.map(({ tookMs }) => tookMs)) };
}

const isIn = async (speaker: Speaker): Promise<boolean> =>
  speaker.tokenIn(await world.signIn(speaker, person)) !== undefined;

const isEverybodyIn = async (): Promise<boolean> => (await Promise.all(EVERY_SPEAKER.map(isIn))).every(Boolean);

const FAULTS = EVERY_SPEAKER.map(({ answers }) => answers.fault);
const [FIRST_SPEAKER] = EVERY_SPEAKER as [Speaker];

describe.each([
  { how: 'cut', outage: () => line.disturb({ is: 'cut' }) },
  { how: 'dead', outage: () => line.disturb({ is: 'dead' }) },
])('with the line to PostgreSQL $how', ({ outage }) => {
  it('R-99 lets nobody in, says so within two seconds, and recovers within five', async () => {
    await everybodySignsIn();

    outage();
    const first = await everybodySignsIn();
    const second = await everybodySignsIn();
    const ready = await talk(world.server.port, { method: 'GET', path: '/readyz' });
    await line.mend();
    const recoveredMs = await soon(isEverybodyIn);

    expect([first.heard, second.heard]).toEqual([FAULTS, FAULTS]);
    expect(Math.max(first.slowestMs, second.slowestMs)).toBeLessThan(2000);
    expect(ready.status).toBe(503);
    expect(recoveredMs).toBeLessThan(5000);
  });

  it('R-99 R-38 keeps every failure that was counted before', async () => {
    const victim = await invite(world);
    const guess = () => world.signIn(FIRST_SPEAKER, { ...victim, password: 'a wrong one' });
    for (const _ of Array(4).keys()) await guess();

    outage();
    await guess();
    await line.mend();
    await soon(() => isIn(FIRST_SPEAKER));
    const fifth = await guess();
    const right = await world.signIn(FIRST_SPEAKER, victim);

    expect(told(fifth)).toBe(FIRST_SPEAKER.answers.wrong);
    expect(told(right)).toMatch(FIRST_SPEAKER.answers.locked);
  });

  it('R-57 R-99 believes no token that may have been revoked meanwhile', async () => {
    const token = FIRST_SPEAKER.tokenIn(await world.signIn(FIRST_SPEAKER, person)) ?? '';
    const before = await introspect(world, token);

    outage();
    const blindAfterMs = await soon(async () => (await introspect(world, token))['status'] === 500);
    await line.mend();
    await soon(async () => (await introspect(world, token))['active'] === true);

    expect(before['active']).toBe(true);
    expect(blindAfterMs).toBeLessThan(5000);
  });
});
