// Clients that take their time, and many of them: each is cut, and nobody else waits for it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';

const MOST = 220;
const CROWD = 200;

let world: World;
let person: Somebody;
beforeAll(async () => {
  const settings = {
    'http.headersTimeoutMs': 1000,
    'http.requestTimeoutMs': 1500,
    'http.keepAliveMs': 1000,
    'http.maxConnectionsPerSource': MOST,
  };
  world = await startWorld({ settings });
  person = await invite(world);
});
afterAll(() => world.server.close());

/** A login from another address than the crowd's. */
const logIn = (speaker: Speaker) =>
  talk(world.server.port, {
    path: speaker.path,
    from: '127.0.0.2',
    body: JSON.stringify(speaker.fields(person, world.app)),
  });

const crowd = <T>(act: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => act(index)));

const head = (index: number): string => `POST ${SPEAKERS[index % SPEAKERS.length]?.path} HTTP/1.1\r\nHost: a\r\n`;

/** Ways of never coming to an end. */
const SLOWNESS: readonly (readonly [string, (index: number) => string])[] = [
  ['headers', head],
  ['bodies', (index) => `${head(index)}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":`],
  ['chunks', (index) => `${head(index)}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
  ['nothings', () => ''],
];

describe('two hundred slow connections', () => {
  it.each(SLOWNESS)('R-84 are cut, and let others in meanwhile: slow %s', async (_, bytes) => {
    const slow = crowd((index) => talkRaw(world.server.port, bytes(index), 10_000));

    const healthy = await Promise.all(
      SPEAKERS.map(async (speaker) => speaker.tokenIn(await logIn(speaker)) !== undefined),
    );
    const heard = await slow;

    expect(healthy).toEqual(SPEAKERS.map(() => true));
    expect(new Set(heard.map(({ status, isClosed }) => `${status} ${isClosed}`))).toEqual(new Set(['408 true']));
  });

  it('R-84 are cut though a byte comes now and then', async () => {
    const heard = await crowd(() => trickle(world.server.port));

    expect(heard.every((isCut) => isCut)).toBe(true);
  });
});

/** Sends a header letter by letter; whether it was cut off. */
function trickle(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /weidu/api/v1/users/login HTTP/1.1\r\nHost: a\r\nX-A: ');
  return new Promise((resolve) => {
    const letters = setInterval(() => socket.write('a'), 200);
    const patience = setTimeout(() => done(false), 10_000);
    function done(isCut: boolean): void {
      clearInterval(letters);
      clearTimeout(patience);
      socket.destroy();
      resolve(isCut);
    }
    socket
      .on('data', () => done(true))
      .on('error', () => done(true))
      .on('close', () => done(true));
  });
}

describe('two thousand slow connections at once, from ten addresses', () => {
  it('R-84 are cut one and all, and let others in meanwhile', async () => {
    const slow: Promise<boolean>[] = [];
    // No more at once than the system keeps waiting to be accepted.
    for (let index = 0; index < 2000; index += CROWD) slow.push(...(await slowCrowd(index)));

    const healthy = await Promise.all(
      SPEAKERS.map(async (speaker) => speaker.tokenIn(await logIn(speaker)) !== undefined),
    );
    const cut = await Promise.all(slow);

    expect(healthy).toEqual(SPEAKERS.map(() => true));
    expect([cut.length, cut.filter((isCut) => !isCut).length]).toEqual([2000, 0]);
  });
});

/** Connects two hundred that say so much and no more; of each, whether the server hangs up. */
async function slowCrowd(first: number): Promise<readonly Promise<boolean>[]> {
  const sockets = Array.from({ length: CROWD }, (_, index) => {
    const localAddress = `127.0.1.${1 + (index % 10)}`;
    const [, bytes] = SLOWNESS[index % SLOWNESS.length] as (typeof SLOWNESS)[number];
    const socket = connect({ host: '127.0.0.1', port: world.server.port, localAddress });
    return socket.on('connect', () => socket.write(bytes(first + index)));
  });
  const cut = sockets.map(isCutOff);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return cut;
}

/** A reset is one way of hanging up; only who is still connected after a long while was not cut. */
function isCutOff(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => {
      resolve(false);
      socket.destroy();
    }, 30_000);
    socket.resume().on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(true);
    });
  });
}

describe('one client that holds all it can', () => {
  it('R-84 is given no more than its share, and takes nothing from others', async () => {
    const held = await Promise.all(Array.from({ length: MOST }, () => hold(world.server.port)));
    onTestFinished(() => {
      for (const socket of held) socket.destroy();
    });

    const ofTheSame = await talkRaw(world.server.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const ofAnother = await Promise.all(
      SPEAKERS.map(async (speaker) => speaker.tokenIn(await logIn(speaker)) !== undefined),
    );

    expect([ofTheSame.status, ofTheSame.isClosed]).toEqual([0, true]);
    expect(ofAnother).toEqual(SPEAKERS.map(() => true));
  });
});

/** A connection that has been answered once and stays. */
async function hold(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(socket, 'data');
  return socket;
}
