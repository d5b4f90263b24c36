// More sign-ins at once than can be hashed in time: each is decided or told to come back, and everything else goes on.
import { aPassword } from '#tests/support/people';
import { type Heard, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newSource } from '../laws/faces.ts';
import { aStranger, invite, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS, told } from '../laws/speakers.ts';

const CROWD = 500;
const QUEUE = 64;
/** As long as a password may be: 256 characters. */
const LONGEST = '密'.repeat(226);

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { 'kdf.queue': QUEUE, 'kdf.waitMs': 60_000 } });
});
afterAll(() => world.server.close());

interface Told {
  readonly speaker: Speaker;
  readonly heard: Heard;
}

async function guess(turn: number): Promise<Told> {
  const speaker = SPEAKERS[turn % SPEAKERS.length] as Speaker;
  const stranger = { ...aStranger(), password: LONGEST + aPassword().slice(0, 30) };
  return { speaker, heard: await world.signIn(speaker, stranger, { from: newSource() }) };
}

const isTurnedAway = ({ heard }: Told): boolean => heard.headers['retry-after'] !== undefined;

/** Told that the password was wrong, or that something is locked. */
const isMisled = ({ speaker: { answers }, heard }: Told): boolean =>
  told(heard) === answers.wrong || answers.locked.test(told(heard));

describe('five hundred sign-ins at once', () => {
  it('R-102 are decided, or turned away in the words of their dialect with a time to come back', async () => {
    const before = world.server.house.passwords.stats();

    const crowd = Promise.all(Array.from({ length: CROWD }, (_, turn) => guess(turn)));
    const health = await Promise.all(
      Array.from({ length: 20 }, () => talk(world.server.port, { method: 'GET', path: '/healthz' })),
    );
    const answers = await crowd;

    const after = world.server.house.passwords.stats();
    const turnedAway = answers.filter(isTurnedAway);
    expect(answers.filter(({ speaker, heard }) => !isLegal(speaker, heard)).map(({ heard }) => told(heard))).toEqual(
      [],
    );
    expect(turnedAway.length).toBe(after.refused - before.refused);
    expect(turnedAway.length).toBeGreaterThan(0);
    expect(after.decoys - before.decoys).toBe(CROWD - turnedAway.length);
    expect(turnedAway.filter(isMisled)).toEqual([]);
    expect(health.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });

  it('R-102 are over when they are over: the next one gets in', async () => {
    const person = await invite(world);

    await Promise.all(Array.from({ length: CROWD }, (_, turn) => guess(turn)));

    const [speaker] = SPEAKERS as readonly [Speaker];
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
    expect(world.server.house.passwords.stats()).toMatchObject({ inside: 0, waiting: 0 });
  });
});
