// The law that what cannot be read, and what does not exist, is answered in the dialect's own envelope.
import { containing, holding, matching } from '#tests/support/matchers';
import { type Said, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startWorld, type World } from './somebody.ts';
import { isLegal, EVERY_SPEAKER, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

const json = { 'content-type': 'application/json' };

/** Bodies nobody can read. */
const UNREADABLE: readonly (readonly [string, string])[] = [
  ['cut off', '{"a":'],
  ['a list', '[]'],
  ['a text', '"a"'],
  ['null', 'null'],
  ['no JSON at all', '<xml/>'],
  ['two documents', '{}{}'],
  ['a trailing comma', '{"a":"b",}'],
  ['single quotes', "{'a':'b'}"],
  ['a comment', '{"a":"b"}//'],
  ['NaN', '{"a":NaN}'],
  ['too long', `{"a":"${'b'.repeat(70_000)}"}`],
];

describe.each(EVERY_SPEAKER)('$name', (speaker) => {
  it.each(UNREADABLE)('answers a body that is %s in its own words', async (_, body) => {
    const heard = await talk(world.server.port, { path: speaker.path, headers: json, body });

    expect(told(heard)).toBe(speaker.answers.malformed);
  });

  it('answers an unknown path in its own words', async () => {
    const heard = await talk(world.server.port, { path: speaker.unknownPath, headers: json, body: '{}' });

    expect(told(heard)).toBe(speaker.answers.unknownRoute);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'answers the method %s in its own words',
    async (method) => {
      const heard = await talk(world.server.port, { method, path: speaker.path });

      expect(isLegal(speaker, heard)).toBe(true);
      expect(speaker.tokenIn(heard)).toBeUndefined();
    },
  );

  it('R-65 puts the safe headers on every refusal', async () => {
    const said: readonly Said[] = [
      { path: speaker.path, headers: json, body: '{' },
      { path: speaker.unknownPath, headers: json, body: '{}' },
      { method: 'DELETE', path: speaker.path },
    ];

    const heard = await Promise.all(said.map((each) => talk(world.server.port, each)));

    expect(heard.map(({ headers }) => headers)).toEqual(
      said.map(() =>
        holding({
          'cache-control': 'no-store',
          'content-type': 'application/json; charset=utf-8',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'content-security-policy': containing("frame-ancestors 'none'"),
          'x-support-code': matching(/^[0-9a-z]{10}$/),
        }),
      ),
    );
  });
});

describe('our own API', () => {
  const CALL = '/api/v1/tokens/introspect';
  const authorization = `Basic ${Buffer.from('app-1:whatever').toString('base64')}`;

  it.each(UNREADABLE)('answers a body that is %s with a problem', async (_, body) => {
    const heard = await talk(world.server.port, { path: CALL, headers: { ...json, authorization }, body });

    expect(isLegal({ dialect: 'api' }, heard)).toBe(true);
    expect(JSON.parse(heard.body)).toMatchObject({ status: 400, code: 'input.malformed' });
  });

  it.each([
    ['POST', '/api/v1/nothing'],
    ['GET', CALL],
    ['GET', '/'],
    ['GET', '/favicon.ico'],
    ['POST', '/elsewhere'],
    ['TRACE', '/elsewhere'],
  ])('answers %s %s with a problem', async (method, path) => {
    const heard = await talk(world.server.port, { method, path });

    expect(isLegal({ dialect: 'api' }, heard)).toBe(true);
    expect(JSON.parse(heard.body)).toMatchObject({ status: 404, code: 'route.unknown' });
  });
});
