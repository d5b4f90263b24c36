// Requests that two servers could read in two ways: each gets a bare 400 and the end of its connection, whichever login it was for.
import { logOf } from '#tests/support/log-file';
import { StoreFile } from '#tests/support/store-file';
import { talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { SPEAKERS } from '../laws/speakers.ts';
import { framingCases } from './framing-cases.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

const cases = framingCases('/', '').map(({ name }) => name);

describe.each(SPEAKERS)('a right login for $name in an ambiguous request', (speaker) => {
  it.each(cases)('R-83 is hung up on without a look at it: %s', async (name) => {
    const body = JSON.stringify(speaker.fields(person, world.app));
    const bytes = framingCases(speaker.path, body).find((each) => each.name === name)?.bytes ?? '';
    const before = [new StoreFile(world.server).count('sessions'), logOf(world.server).length];

    const heard = await talkRaw(world.server.port, bytes);

    expect([heard.status, heard.answers, heard.isClosed]).toEqual([400, 1, true]);
    expect(heard.text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n/);
    expect([new StoreFile(world.server).count('sessions'), logOf(world.server).length]).toEqual(before);
  });

  it('R-83 does not keep the next one out', async () => {
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });
});

describe('names of hosts', () => {
  it.each(['evil.example', 'evil.example:443', 'a@b', '', '127.0.0.1', '[::1]:80'])(
    'R-72 are never repeated: %j',
    async (host) => {
      const shopxo = SPEAKERS.find(({ dialect }) => dialect === 'shopxo');
      const headers = {
        host,
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
        'content-type': 'application/json',
      };

      const heard = await talk(world.server.port, {
        path: shopxo?.path ?? '',
        headers,
        body: JSON.stringify(shopxo?.fields(person, world.app)),
      });

      expect(heard.body).toContain(`"avatar":"${world.server.url}`);
      expect(JSON.stringify(heard)).not.toContain('evil.example');
    },
  );
});
