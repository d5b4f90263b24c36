// However much a client sends, it is refused promptly and costs next to nothing.
import { aPassword } from '#tests/support/people';
import { pour, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { SPEAKERS, told } from '../laws/speakers.ts';
import { ENDLESS, TOO_MUCH } from './too-much.ts';

const MIB = 1024 * 1024;

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
  await Promise.all(SPEAKERS.map((speaker) => world.signIn(speaker, person)));
});
afterAll(() => world.server.close());

describe.each(SPEAKERS)('$name', (speaker) => {
  it.each(TOO_MUCH)('R-80 refuses $name in its own words, and soon', async ({ said }) => {
    const request = { path: speaker.path, ...said() };
    const startedAt = performance.now();

    const heard = await talk(world.server.port, request);

    expect(told(heard)).toBe(speaker.answers.malformed);
    // Generous, for the machine may be busy; a parser that is not linear would take seconds.
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  it.each(ENDLESS)('R-80 hangs up on $name', async ({ head, chunk }) => {
    const { isClosed } = await pour(world.server.port, head(speaker.path), Buffer.from(chunk));

    // The answer may be lost in the reset that follows; hanging up may not.
    expect(isClosed).toBe(true);
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });
});

describe('a password beyond all bounds', () => {
  const longOnes: readonly (readonly [string, string])[] = [
    ['257 characters', 'x'.repeat(257)],
    ['257 characters of four bytes', '😀'.repeat(257)],
    ['1025 bytes', '张'.repeat(342)],
    ['60 000 characters', 'x'.repeat(60_000)],
    ['a megabyte', 'x'.repeat(MIB)],
  ];

  it.each(longOnes)('R-02 is never hashed: %s', async (_, password) => {
    const before = world.server.house.passwords.stats();

    const heard = await Promise.all(SPEAKERS.map((speaker) => world.signIn(speaker, { ...person, password })));

    const { verifications, decoys } = world.server.house.passwords.stats();
    expect(heard.map((each, index) => SPEAKERS[index]?.tokenIn(each))).toEqual(SPEAKERS.map(() => undefined));
    expect({ verifications, decoys }).toEqual({ verifications: before.verifications, decoys: before.decoys });
  });

  it.each([64, 128, 256])('R-02 is not one of %i characters', async (length) => {
    const letters = Array.from({ length: 10 }, aPassword).join('');
    const somebody = await invite(world, { password: letters.slice(0, length) });

    const heard = await Promise.all(SPEAKERS.map((speaker) => world.signIn(speaker, somebody)));

    expect(heard.every((each, index) => SPEAKERS[index]?.tokenIn(each) !== undefined)).toBe(true);
  });
});
