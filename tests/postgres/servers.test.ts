// Two servers on one PostgreSQL, their keys shared: every dialect signs in, and what happens on one counts on the other.
import { setAppStopped } from '#core';
import { FreshDatabase } from '#tests/support/postgres';
import { newFolder } from '#tests/support/run-folder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { tally } from '../../src/core/stores.contract.ts';
import { introspect, invite, startWorld, World } from '../laws/somebody.ts';
import { isLegal, SPEAKERS, told } from '../laws/speakers.ts';
import { soon } from './soon.ts';

let database: FreshDatabase;
let here: World;
let there: World;

beforeAll(async () => {
  database = await FreshDatabase.make();
  const dataDir = newFolder('data');
  const settings = { databaseUrl: database.url };
  here = await startWorld({ dataDir, settings });
  there = await startWorld({ dataDir, settings, clock: here.server.clock, app: here.app });
});
afterAll(async () => {
  await Promise.all([here.server.close(), there.server.close()]);
  await database.drop();
});

describe.each(SPEAKERS)('$name on PostgreSQL', (speaker) => {
  it('signs in, and its token is recognised by the other server', async () => {
    const person = await invite(here);

    const heard = await here.signIn(speaker, person);
    const found = await introspect(there, speaker.tokenIn(heard) ?? '');

    expect(isLegal(speaker, heard)).toBe(true);
    expect(found).toMatchObject({ active: true, sub: person.account.id, dialect: speaker.dialect });
  });

  it('R-38 is locked on both servers', async () => {
    const person = await invite(here);
    for (const _ of Array(5).keys()) await here.signIn(speaker, { ...person, password: 'wrong-password' });

    const answers = [await here.signIn(speaker, person), await there.signIn(speaker, person)].map(told);

    expect(answers).toEqual(Array(2).fill(expect.stringMatching(speaker.answers.locked)));
  });

  it('R-57 loses its token on the other server within a second of its account being disabled here', async () => {
    const person = await invite(here);
    const token = speaker.tokenIn(await here.signIn(speaker, person)) ?? '';
    const before = await introspect(there, token);

    await here.server.setStatus(person.account, 'disabled');
    const tookMs = await soon(async () => (await introspect(there, token))['active'] === false);

    expect(before['active']).toBe(true);
    expect(tookMs).toBeLessThan(1000);
  });

  it('is closed on the other server within a second of being closed here', async () => {
    const person = await invite(here);
    const isClosed = async () => told(await there.signIn(speaker, person)) === speaker.answers.closed;
    const before = await isClosed();

    await here.server.switchEndpoint(speaker.name, false);
    const tookMs = await soon(isClosed);
    await here.server.switchEndpoint(speaker.name, true);
    await soon(async () => !(await isClosed()));

    expect(before).toBe(false);
    expect(tookMs).toBeLessThan(1000);
  });
});

describe('two hundred guesses at one account, through every login of both servers at once', () => {
  it('R-29 R-32 are looked at five times together', { timeout: 120_000 }, async () => {
    const person = await invite(here);
    const looked = ({ server }: World) => server.house.passwords.stats().verifications;
    const before = looked(here) + looked(there);
    const guesses = Array.from({ length: 200 / SPEAKERS.length / 2 }, (_, guess) =>
      SPEAKERS.flatMap((speaker) => [here, there].map((world) => ({ speaker, world, password: `guess-${guess}` }))),
    ).flat();

    const answers = await Promise.all(
      guesses.map(async ({ speaker, world, password }) => {
        const answer = told(await world.signIn(speaker, { ...person, password }));
        if (answer === speaker.answers.wrong) return 'wrong';
        return speaker.answers.locked.test(answer) ? 'locked' : answer;
      }),
    );

    expect(looked(here) + looked(there) - before).toBe(5);
    expect(tally(answers)).toEqual({ wrong: 5, locked: 195 });
  });
});

describe('an app', () => {
  it('is stopped on the other server within a second of being stopped here', async () => {
    const { id, signature } = await here.server.addApp({ id: 'stopped' });
    const asking = new World(there.server, { id, signature });
    const status = async () => (await introspect(asking, 'a'.repeat(64)))['status'];
    const before = await status();

    const { clock, stores } = here.server.house;
    await setAppStopped({ apps: stores.apps, clock })({ id, isStopped: true });
    const tookMs = await soon(async () => (await status()) !== 200);

    expect(before).toBe(200);
    expect(tookMs).toBeLessThan(1000);
  });
});
