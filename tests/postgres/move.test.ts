// Moving a store to PostgreSQL and back while people sign in, register, sign out and leave: nothing that was acknowledged is lost.
import { containing } from '#tests/support/matchers';
import { understudy } from '#tests/support/child-server';
import { FreshDatabase } from '#tests/support/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { talk } from '../support/talk.ts';
import { differences } from './dump.ts';
import { isCopying, isSealed } from './move-state.ts';
import { AS_ACKNOWLEDGED, type Moved, MovingStore } from './moving.ts';
import { soon } from './soon.ts';

const PEOPLE = 3000;
const LONG = { timeout: 240_000 };

let database: FreshDatabase;
beforeAll(async () => {
  database = await FreshDatabase.make();
});
afterAll(() => database.drop());

/** Kills it twice amid everything, and lets the third one finish. */
async function moveAmid(store: MovingStore, words: readonly string[], to: string): Promise<Moved> {
  const bustle = await store.bustle();
  await store.killMoving(words, () => soon(() => isCopying(to)));
  await store.killMoving(words, () => soon(() => isSealed(store.databaseUrl)));
  const moved = await store.move(words);
  await bustle.end();
  return moved;
}

describe('moving to PostgreSQL', () => {
  it('R-96 R-97 loses nothing that was acknowledged, killed twice and started again', LONG, async () => {
    const store = new MovingStore();
    await store.begin(PEOPLE);

    const moved = await moveAmid(store, ['--to', database.url], database.url);
    const different = await differences(store.databaseUrl, database.url);
    const atTheOld = await store.visit(store.server, 'anybody');
    const server = await store.serve(database.url);

    expect(moved).toMatchObject({ code: 0, err: '', isResumed: true });
    expect(different).toEqual(['audit_events +1 -0']);
    expect([atTheOld.token, atTheOld.heard.headers['retry-after']]).toEqual([undefined, '5']);
    expect(await store.asAcknowledged(server)).toEqual(AS_ACKNOWLEDGED);
    expect(await store.verifyTrail(database.url)).toBe(0);
  });
});

describe('moving back from PostgreSQL', () => {
  it('R-96 R-97 loses nothing that was acknowledged, killed twice and started again', LONG, async () => {
    const home = await FreshDatabase.make();
    const store = new MovingStore(home.url);
    await store.begin(PEOPLE);

    const moved = await moveAmid(store, ['--to', 'sqlite'], store.fileUrl);
    const different = await differences(store.databaseUrl, store.fileUrl);
    const atTheOld = await store.visit(store.server, 'anybody');
    const server = await store.serve(store.fileUrl);

    expect(moved).toMatchObject({ code: 0, err: '', isResumed: true });
    expect(different).toEqual(['audit_events +1 -0']);
    expect([atTheOld.token, atTheOld.heard.headers['retry-after']]).toEqual([undefined, '5']);
    expect(await store.asAcknowledged(server)).toEqual(AS_ACKNOWLEDGED);
    expect(await store.verifyTrail(store.fileUrl)).toBe(0);
    await Promise.all([store.server.kill(), store.close()]);
    await home.drop();
  });
});

describe('a store whose data has moved', () => {
  it('is served no more, by whomever, and says where it is', LONG, async () => {
    const target = await FreshDatabase.make();
    const store = new MovingStore();
    await store.begin(100);
    const moved = await store.move(['--to', target.url]);

    const ready = await talk(store.server.port, { method: 'GET', path: '/readyz' });
    await store.server.stop();
    const here = { dataDir: store.dataDir };
    const ended = await Promise.all([
      understudy(['serve', '--port', '0'], here),
      understudy(['account', 'list'], here),
      understudy(['move', '--to', target.url], here),
    ]);
    await target.drop();

    const gone = { code: 1, out: '', err: containing(`has moved to ${moved.to}`) };
    expect(ready.status).toBe(503);
    expect(ended).toMatchObject([gone, gone, gone]);
  });
});

describe('a move that is given up', () => {
  it('leaves the store open, and the other database unusable until it is replaced', LONG, async () => {
    const target = await FreshDatabase.make();
    const store = new MovingStore();
    await store.begin(2000);
    await store.killMoving(['--to', target.url], () => soon(() => isSealed(store.databaseUrl)));
    const closed = await store.visit(store.server, store.somebody);

    const { code } = await understudy(['move', '--to', target.url, '--cancel'], { dataDir: store.dataDir });
    await soon(async () => (await store.visit(store.server, store.somebody)).token !== undefined);
    const there = await understudy(['serve', '--port', '0'], { dataDir: store.dataDir, env: store.env(target.url) });
    const again = await store.move(['--to', target.url]);
    const replacing = await store.move(['--to', target.url, '--replace']);
    const different = await differences(store.databaseUrl, target.url);
    await target.drop();

    expect([closed.token, code]).toEqual([undefined, 0]);
    expect(there).toMatchObject({ code: 1, err: containing('is not finished') });
    expect(again).toMatchObject({ code: 1, err: containing('--replace') });
    expect(replacing).toMatchObject({ code: 0, isResumed: false });
    expect(different).toEqual(['audit_events +1 -0']);
  });
});
