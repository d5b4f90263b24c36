// The law that faults never speak: whatever breaks behind it, a dialect gives its one answer and the operator gets one line.
import { logOf } from '#tests/support/log-file';
import { hideTable } from '#tests/support/engine';
import { talk, talkJson } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { introspect, invite, type Somebody, startWorld, type World } from './somebody.ts';
import { isLegal, EVERY_SPEAKER, told } from './speakers.ts';

let world: World;
let person: Somebody;

const faultLines = () =>
  logOf(world.server).filter(({ refusal, endpoint }) => refusal === 'fault' && endpoint !== undefined);

/** Does something while a table is gone. */
async function without<T>(table: string, act: () => Promise<T>): Promise<T> {
  const putBack = await hideTable(world.server, table);
  try {
    return await act();
  } finally {
    await putBack();
  }
}

beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

describe.each(EVERY_SPEAKER)('$name while the store is broken', (speaker) => {
  it.each(['accounts', 'credentials', 'identifiers', 'sessions', 'budgets', 'known_sources', 'audit_events'])(
    'gives its one answer when %s are gone, and one line to the operator',
    async (table) => {
      const before = faultLines().length;

      const heard = await without(table, () => world.signIn(speaker, person));

      expect(told(heard)).toBe(speaker.answers.fault);
      expect(isLegal(speaker, heard)).toBe(true);
      expect(heard.headers['x-support-code']).toMatch(/^[0-9a-z]{10}$/);
      expect(
        faultLines()
          .slice(before)
          .map(({ id, endpoint }) => ({ id, endpoint })),
      ).toEqual([{ id: heard.headers['x-support-code'], endpoint: speaker.name }]);
    },
  );

  it('R-99 recovers by itself', async () => {
    await without('accounts', () => world.signIn(speaker, person));

    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });

  it('does not count a fault as a failure of the person', async () => {
    const unlucky = await invite(world);
    for (const _ of Array(6).keys()) await without('credentials', () => world.signIn(speaker, unlucky));

    expect(speaker.tokenIn(await world.signIn(speaker, unlucky))).toBeDefined();
  });
});

describe('our own API while the store is broken', () => {
  it('gives its one answer', async () => {
    const unknownToken = 'a'.repeat(64);

    const heard = await without('sessions', () => introspect(world, unknownToken));

    expect(heard).toEqual({
      type: 'urn:understudy:refusal:fault',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'fault',
    });
  });
});

describe('a store that is closed under a running server', () => {
  let lost: World;
  beforeAll(async () => {
    lost = await startWorld();
    await invite(lost);
    await lost.server.house.storage.close();
  });

  it.each(EVERY_SPEAKER)('R-99 makes $name give its one answer', async (speaker) => {
    const heard = await talkJson(lost.server.port, speaker.path, speaker.fields(person, lost.app));

    expect(told(heard)).toBe(speaker.answers.fault);
  });

  it('R-99 leaves the server alive but not ready', async () => {
    const [alive, ready] = await Promise.all(
      ['/healthz', '/readyz'].map((path) => talk(lost.server.port, { method: 'GET', path })),
    );

    expect([alive?.status, ready?.status]).toEqual([200, 503]);
  });

  afterAll(() => lost.server.close().catch(() => undefined));
});
