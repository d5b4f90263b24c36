// What a client sends too much of costs a server next to no memory: measured on a process of its own.
import { ChildServer, SMALL_HEAP } from '#tests/support/child-server';
import { pour, talk, talkJson } from '#tests/support/talk';
import { describe, expect, it } from 'vitest';

import { aStranger } from '../laws/somebody.ts';
import { SPEAKERS } from '../laws/speakers.ts';
import { ENDLESS, TOO_MUCH } from './too-much.ts';

const MIB = 1024 * 1024;
const MOST_GROWTH = 50 * MIB;
/** Twice what a server of this size holds at rest. */
const MOST_HELD = 512 * MIB;
const APP = { id: 'app-1', signature: 'none' };

async function tooMuch(port: number): Promise<void> {
  for (const { said } of TOO_MUCH) {
    for (const { path } of SPEAKERS) await talk(port, { path, ...said() });
  }
}

async function endless(port: number): Promise<void> {
  for (const { head, chunk } of ENDLESS) {
    await Promise.all(SPEAKERS.map(({ path }) => pour(port, head(path), Buffer.from(chunk))));
  }
}

async function longPasswords(port: number, times: number): Promise<void> {
  const stranger = { ...aStranger(), password: 'x'.repeat(MIB) };
  for (const turn of Array(times).keys()) {
    const speaker = SPEAKERS[turn % SPEAKERS.length];
    await talkJson(port, speaker?.path ?? '', speaker?.fields(stranger, APP));
  }
}

/** Attacks so many times; what the process holds after each. */
async function attack(server: ChildServer, times: number): Promise<readonly number[]> {
  const { port } = server;
  const held: number[] = [];
  for (const _ of Array(times).keys()) {
    await tooMuch(port);
    await endless(port);
    await longPasswords(port, 20);
    held.push(server.residentBytes());
  }
  return held;
}

describe('the memory of a server', () => {
  it('R-80 R-02 does not grow with what it refuses', async () => {
    const server = await ChildServer.start([], { env: SMALL_HEAP });
    // At first, code is loaded and the heap becomes as large as such work needs it; what is kept of each attack adds up afterwards.
    const first = await attack(server, 2);

    const later = await attack(server, 4);

    // What nobody has collected yet comes and goes; what is kept is there every time.
    const grown = Math.min(...later) - Math.min(...first);
    const { status } = await talk(server.port, { method: 'GET', path: '/healthz' });
    expect(status).toBe(200);
    expect(grown).toBeLessThan(MOST_GROWTH);
    expect(Math.max(...later)).toBeLessThan(MOST_HELD);
  });
});
