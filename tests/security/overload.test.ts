// More sign-ins at once than can be hashed in time: each is decided or told to come back, and everything else goes on.
import { connect, type Socket } from 'node:net';

import { aPassword } from '#tests/support/people';
import { type Heard, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { newSource } from '../laws/faces.ts';
import { aStranger, introspect, invite, startWorld, type World } from '../laws/somebody.ts';
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

async function guess(turn: number, speakers = SPEAKERS): Promise<Told> {
  const speaker = speakers[turn % speakers.length] as Speaker;
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

/** A storm of strangers at the logins that are for everybody, from the moment in which no further one is let in. */
async function storm(): Promise<{ readonly answers: Promise<readonly Told[]> }> {
  const before = world.server.house.passwords.stats().refusedBy.stranger;
  const forEverybody = SPEAKERS.filter((speaker) => speaker !== operators);
  const answers = Promise.all(Array.from({ length: CROWD }, (_, turn) => guess(turn, forEverybody)));
  await until(() => world.server.house.passwords.stats().refusedBy.stranger > before);
  return { answers };
}

const until = (isSo: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(isSo()).toBe(true), { interval: 1, timeout: 20_000 });

const [anyone, operators] = ['weidu.login', 'aegisspeed.admin-login'].map((name) =>
  SPEAKERS.find((speaker) => speaker.name === name),
) as [Speaker, Speaker];

describe('a storm of strangers', () => {
  it('R-102 keeps nobody out who has signed in from where they are before', async () => {
    const person = await invite(world);
    const home = newSource();
    await world.signIn(anyone, person, { from: home });

    const crowd = await storm();
    const heard = await world.signIn(anyone, person, { from: home });
    const { waitingBy } = world.server.house.passwords.stats();
    await crowd.answers;

    expect(anyone.tokenIn(heard)).toBeDefined();
    expect(waitingBy.stranger).toBeGreaterThan(0);
  });

  it('R-102 keeps no operator out, wherever they are', async () => {
    const person = await invite(world);

    const crowd = await storm();
    const heard = await world.signIn(operators, person, { from: newSource() });
    const { waitingBy } = world.server.house.passwords.stats();
    await crowd.answers;

    expect(operators.tokenIn(heard)).toBeDefined();
    expect(waitingBy.stranger).toBeGreaterThan(0);
  });

  it('R-102 makes no token check wait for a hash', async () => {
    const person = await invite(world);
    const token = anyone.tokenIn(await world.signIn(anyone, person)) ?? '';

    const crowd = await storm();
    const checks = await Promise.all(Array.from({ length: 50 }, () => introspect(world, token)));
    const { waitingBy } = world.server.house.passwords.stats();
    await crowd.answers;

    expect(checks.filter(({ status, active }) => status === 200 && active === true)).toHaveLength(50);
    expect(waitingBy.stranger).toBeGreaterThan(0);
  });
});

/** Sends a sign-in and does not wait for the answer. */
function send(index: number): Socket {
  const { path, fields } = SPEAKERS[index % SPEAKERS.length] as Speaker;
  const body = JSON.stringify(fields(aStranger(), world.app));
  const socket = connect({ host: '127.0.0.1', port: world.server.port, localAddress: newSource() });
  const head = [`POST ${path} HTTP/1.1`, 'Host: a', 'Content-Type: application/json'];
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return socket.on('error', () => undefined).resume();
}

describe('clients that hang up while they wait', () => {
  it('R-102 are not hashed for, and make room for those who stay', async () => {
    const { passwords } = world.server.house;
    const before = passwords.stats();
    const person = await invite(world);
    const sockets = Array.from({ length: CROWD }, (_, index) => send(index));
    await until(() => passwords.stats().refused > before.refused);

    const { waiting } = passwords.stats();
    for (const socket of sockets) socket.destroy();
    const heard = await world.signIn(anyone, person);
    await until(() => passwords.stats().inside === 0);

    const after = passwords.stats();
    expect(anyone.tokenIn(heard)).toBeDefined();
    expect(after.gone + after.spared - before.gone - before.spared).toBeGreaterThan(waiting / 2);
    expect(after).toMatchObject({ inside: 0, waiting: 0 });
  });
});
