// Other spellings of a call are either no call at all, or under exactly the same controls.
import { containing } from '#tests/support/matchers';
import { StoreFile } from '#tests/support/store-file';
import { type Heard, type Said, talk } from '#tests/support/talk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, LEGAL_ANYWHERE, type Speaker, SPEAKERS } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

/** Ways to write a path that some server or proxy takes for the same. */
const SPELLINGS: readonly (readonly [string, (path: string) => string])[] = [
  ['a second slash before it', (path) => `/${path}`],
  ['a second slash inside', (path) => path.replace(/(.)\//, '$1//')],
  ['a slash behind it', (path) => path.replace(/\?|$/, '/$&')],
  ['a backslash', (path) => path.replace(/(.)\//, '$1\\')],
  ['a dot', (path) => `/.${path}`],
  ['a dot inside', (path) => path.replace(/(.)\//, '$1/./')],
  ['two dots', (path) => `/x/..${path}`],
  ['two dots with an escape', (path) => `/x/%2e%2e${path}`],
  ['two dots behind it', (path) => path.replace(/\?|$/, '/x/..$&')],
  [
    'an escaped letter',
    (path) => path.replace(/\/(\w)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
  ],
  ['an escaped slash', (path) => path.replace(/(.)\//, '$1%2f')],
  ['an escape of an escape', (path) => path.replace(/(.)\//, '$1%252f')],
  ['capitals', (path) => path.toUpperCase()],
  ['one capital', (path) => path.replace(/\/\w/, (letter) => letter.toUpperCase())],
  ['a parameter of the path', (path) => path.replace(/\?|$/, ';jsessionid=1$&')],
  ['an ending', (path) => path.replace(/\?|$/, '.json$&')],
  ['the ending .html', (path) => path.replace(/\?|$/, '.html$&')],
  ['a space behind it', (path) => path.replace(/\?|$/, '%20$&')],
  ['a NUL behind it', (path) => path.replace(/\?|$/, '%00$&')],
  ['a line end behind it', (path) => path.replace(/\?|$/, '%0d%0a$&')],
  ['a fragment', (path) => `${path}#x`],
  ['an empty query', (path) => `${path}${path.includes('?') ? '&' : '?'}`],
  ['a query that names a route', (path) => `${path}${path.includes('?') ? '&' : '?'}s=user/login`],
  ['a query that names a method', (path) => `${path}${path.includes('?') ? '&' : '?'}_method=POST`],
  ['full-width letters', (path) => path.replace('login', encodeURIComponent('ｌｏｇｉｎ'))],
  ['a long s', (path) => path.replace('user', encodeURIComponent('uſer'))],
  ['a Turkish i', (path) => path.replace('login', encodeURIComponent('logın'))],
];

const json = { 'content-type': 'application/json' };
const loginAt = (speaker: Speaker, path: string, method = 'POST'): Said => ({
  method,
  path,
  headers: json,
  body: method === 'POST' ? JSON.stringify(speaker.fields(person, world.app)) : '',
});

const isAnyLegal = (heard: Heard): boolean => LEGAL_ANYWHERE.some((dialect) => isLegal({ dialect }, heard));

/** No token of any kind, wherever it might stand. */
const hasToken = (heard: Heard): boolean => SPEAKERS.some((speaker) => speaker.tokenIn(heard) !== undefined);

describe.each(SPEAKERS)('another spelling of $name', (speaker) => {
  afterEach(() => world.server.switchEndpoint(speaker.name, true));

  it.each(SPELLINGS)('R-85 does not open what the operator has closed: %s', async (_, spell) => {
    await world.server.switchEndpoint(speaker.name, false);

    const heard = await talk(world.server.port, loginAt(speaker, spell(speaker.path)));

    expect([hasToken(heard), isAnyLegal(heard)]).toEqual([false, true]);
  });

  it('R-85 does not give more guesses', async () => {
    const guessed = await invite(world);
    const wrong = JSON.stringify(speaker.fields({ ...guessed, password: 'not-this-password' }, world.app));
    const before = world.server.house.passwords.stats().verifications;

    for (const [, spell] of SPELLINGS)
      await talk(world.server.port, { path: spell(speaker.path), headers: json, body: wrong });
    for (const _ of Array(6).keys()) await talk(world.server.port, { path: speaker.path, headers: json, body: wrong });

    expect(world.server.house.passwords.stats().verifications - before).toBe(5);
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'SEARCH'])(
    'R-85 is not the method %s',
    async (method) => {
      const before = new StoreFile(world.server).count('sessions');
      const fields = Object.entries(speaker.fields(person, world.app)).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      const query = new URLSearchParams(fields).toString();
      const path = `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}${query}`;

      const heard = await talk(world.server.port, {
        method,
        path,
        headers: { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' },
      });

      expect([hasToken(heard), new StoreFile(world.server).count('sessions')]).toEqual([false, before]);
    },
  );

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-7',
    'image/png',
    '',
    '*/*',
    'a'.repeat(5000),
  ])('R-85 is under the same controls with the content type %s', async (type) => {
    await world.server.switchEndpoint(speaker.name, false);
    const closed = await talk(world.server.port, {
      ...loginAt(speaker, speaker.path),
      headers: { 'content-type': type },
    });

    expect([hasToken(closed), isLegal(speaker, closed)]).toEqual([false, true]);
  });
});

describe('an application that takes no passwords in URLs', () => {
  const nobase = SPEAKERS.find(({ dialect }) => dialect === 'nobase') as Speaker;
  let fields: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const app = await world.server.addApp({ id: 'no-get', allowsGet: false });
    fields = nobase.fields(person, app) as Record<string, string>;
  });
  const query = (given: object = fields): string => new URLSearchParams(Object.entries(given)).toString();

  it.each<[string, () => Said]>([
    ['GET', () => ({ method: 'GET', path: `${nobase.path}?${query()}` })],
    ['POST with all of it in the query', () => ({ path: `${nobase.path}?${query()}` })],
    [
      'POST with the password in the query',
      () => ({
        path: `${nobase.path}?${query({ pass: fields['pass'] })}`,
        headers: json,
        body: JSON.stringify({ ...fields, pass: undefined }),
      }),
    ],
    [
      'GET that says it is a POST',
      () => ({
        method: 'GET',
        path: `${nobase.path}?${query({ ...fields, _method: 'POST' })}`,
        headers: { 'x-http-method-override': 'POST' },
      }),
    ],
  ])('R-85 refuses one by %s', async (_, said) => {
    const heard = await talk(world.server.port, said());

    expect(JSON.parse(heard.body)).toMatchObject({
      code: 400,
      msg: 'fail',
      data: containing('does not accept passwords in the URL'),
    });
  });

  it('takes one in a body', async () => {
    expect(
      nobase.tokenIn(await talk(world.server.port, { path: nobase.path, headers: json, body: JSON.stringify(fields) })),
    ).toBeDefined();
  });
});
