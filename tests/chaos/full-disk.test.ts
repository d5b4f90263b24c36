// A disk without room, and a database somebody else holds: nobody is told that they are signed in unless it is on record.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import { beforeEach, describe, expect, it } from 'vitest';

import { aPassword, aUsername } from '../support/people.ts';
import type { Visit } from '../support/visitor.ts';
import { inspect } from './store-file.ts';
import { Land, times, type World } from './world.ts';

const FAULT = -100;

let land: Land;
let world: World;
let person: { readonly username: string; readonly password: string };

beforeEach(async () => {
  land = await Land.discover();
  world = await land.raise();
  person = { username: aUsername(), password: aPassword() };
  await world.operator.order('create', { record: person });
});

const signIn = (): Promise<Visit> => world.visitor.shopxo(person.username, person.password);
const tokensOf = (visits: readonly Visit[]): readonly string[] => visits.flatMap(({ token }) => token ?? []);
const fileOf = (name: string): string => join(land.dataDir, name);

/** Lets the server's files grow no further than this; without a number, as far as they like. */
function limitFiles(bytes?: number): void {
  execFileSync('prlimit', ['--pid', String(world.server.pid), `--fsize=${bytes ?? 'unlimited'}:`]);
}

describe('a disk without room for another write', () => {
  it('R-101 gives nobody a token, loses none, and is over once there is room', async () => {
    const before = tokensOf(await times(3, signIn));

    limitFiles(statSync(fileOf('understudy.db-wal')).size);
    const during = await times(6, signIn);
    const stillLive = await Promise.all(before.map((token) => world.visitor.isLive(token)));
    limitFiles();
    const after = tokensOf(await times(3, signIn));

    expect(during.map(({ token, code }) => [token, code])).toEqual(during.map(() => [undefined, FAULT]));
    expect(stillLive).toEqual([true, true, true]);
    expect(after).toHaveLength(3);
    await Promise.all([world.server.kill(), world.operator.kill()]);
    world = await land.raise();
    const kept = await Promise.all([...before, ...after].map((token) => world.visitor.isLive(token)));
    expect(kept).toEqual(Array(6).fill(true));
    expect(inspect(land.dataDir).integrity).toBe('ok');
  });
});

describe('a database that somebody else is writing to', () => {
  it('R-101 gives a token only once it is on record', async () => {
    await signIn();
    const other = new DatabaseSync(fileOf('understudy.db'));
    other.exec('BEGIN IMMEDIATE');

    const waiting = signIn();
    const isAnswered = await Promise.race([waiting.then(() => true), pause(500, false)]);
    other.exec('ROLLBACK');
    other.close();
    const { token } = await waiting;

    expect(isAnswered).toBe(false);
    expect(await world.visitor.isLive(token ?? '')).toBe(true);
  });
});
