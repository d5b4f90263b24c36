// One value per name: whatever is said twice is refused, and no name means anything to the language.
import { StoreFile } from '#tests/support/store-file';
import { type Said, talk } from '#tests/support/talk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS, told } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
let sessions = 0;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  person = await invite(world);
  sessions = new StoreFile(world.server).count('sessions');
});
afterAll(() => world.server.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const [nobase, shopxo] = ['nobase.login', 'shopxo.login'].map((name) =>
  SPEAKERS.find((each) => each.name === name),
) as [Speaker, Speaker];

/** The members of the right login, as pieces of a JSON text. */
const members = (speaker: Speaker): string =>
  Object.entries(speaker.fields(person, world.app))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join();

const form = (fields: object): string => new URLSearchParams(Object.entries(fields)).toString();
const right = (speaker: Speaker): object => speaker.fields(person, world.app);
const wrong = (speaker: Speaker): object => ({ ...right(speaker), [speaker.password]: 'not-this-password' });
const post = (speaker: Speaker, body: string, { headers = JSON_TYPE, query = '' } = {}): Said => ({
  path: withQuery(speaker.path, query),
  headers,
  body,
});

function withQuery(path: string, query: string): string {
  if (query === '') return path;
  return path + (path.includes('?') ? '&' : '?') + query;
}

const escaped = (name: string): string => `\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}`;

describe.each(SPEAKERS)('JSON that names a thing twice, said to $name', (speaker) => {
  const { password, who } = speaker;

  it.each<[string, () => string]>([
    ['the password, the right one first', () => `{${members(speaker)},"${password}":"x"}`],
    ['the password, the right one last', () => `{"${password}":"x",${members(speaker)}}`],
    ['the password, alike both times', () => `{${members(speaker)},"${password}":${JSON.stringify(person.password)}}`],
    ['the password, once with an escape', () => `{"${escaped(password)}":"x",${members(speaker)}}`],
    ['the name', () => `{${members(speaker)},"${who}":"x"}`],
    ['the name, once as null', () => `{"${who}":null,${members(speaker)}}`],
    ['something nobody reads', () => `{"a":1,${members(speaker)},"a":1}`],
    ['something deep inside', () => `{${members(speaker)},"a":{"b":1,"b":2}}`],
  ])('R-78 is refused: %s', async (_, body) => {
    const heard = await talk(world.server.port, post(speaker, body()));

    expect(told(heard)).toBe(speaker.answers.malformed);
    expect(new StoreFile(world.server).count('sessions')).toBe(sessions);
  });

  it.each<[string, (name: string) => string]>([
    ['brackets', (name) => `${name}[]`],
    ['a bracketed name', (name) => `${name}[x]`],
    ['a dot', (name) => `${name}.x`],
    ['capitals', (name) => name.toUpperCase()],
    ['a space', (name) => ` ${name}`],
  ])('R-78 does not take a name with %s for the password', async (_, spell) => {
    const { [password]: value, ...others } = speaker.fields(person, world.app);

    const heard = await talk(world.server.port, post(speaker, JSON.stringify({ ...others, [spell(password)]: value })));

    expect([speaker.tokenIn(heard), isLegal(speaker, heard)]).toEqual([undefined, true]);
  });
});

describe.each(SPEAKERS.filter((speaker) => speaker !== nobase && speaker !== shopxo))(
  'a query sent to $name',
  (speaker) => {
    it('R-78 says nothing about the login', async () => {
      const alone = await talk(world.server.port, post(speaker, '{}', { query: form(right(speaker)) }));
      const beside = await talk(
        world.server.port,
        post(speaker, JSON.stringify(wrong(speaker)), { query: form(right(speaker)) }),
      );

      expect([speaker.tokenIn(alone), told(beside)]).toEqual([undefined, speaker.answers.wrong]);
    });
  },
);

describe.each([nobase, shopxo])('a form that names a thing twice, said to $name', (speaker) => {
  it.each<[string, () => string]>([
    ['the password, the right one first', () => `${form(right(speaker))}&${speaker.password}=x`],
    ['the password, the right one last', () => `${speaker.password}=x&${form(right(speaker))}`],
    [
      'the password, once with an escape',
      () => `%${speaker.password.charCodeAt(0).toString(16)}${speaker.password.slice(1)}=x&${form(right(speaker))}`,
    ],
    ['the password, once without a value', () => `${speaker.password}&${form(right(speaker))}`],
    ['the name', () => `${form(right(speaker))}&${speaker.who}=x`],
    ['a list', () => `${form(right(speaker))}&${speaker.password}[]=x`],
    ['a list with an escape', () => `${form(right(speaker))}&${speaker.password}%5B%5D=x`],
    ['a member', () => `${form(right(speaker))}&${speaker.who}[x]=y`],
  ])('R-78 is refused: %s', async (_, body) => {
    const inBody = await talk(world.server.port, post(speaker, body(), { headers: FORM_TYPE }));
    const inQuery = await talk(world.server.port, { method: 'GET', path: withQuery(speaker.path, body()) });

    expect([told(inBody), told(inQuery)]).toEqual([speaker.answers.malformed, speaker.answers.malformed]);
    expect(new StoreFile(world.server).count('sessions')).toBe(sessions);
  });

  it('R-78 believes the body when query and body disagree', async () => {
    const wrongBody = await talk(
      world.server.port,
      post(speaker, form(wrong(speaker)), { headers: FORM_TYPE, query: form({ [speaker.password]: person.password }) }),
    );
    const rightBody = await talk(
      world.server.port,
      post(speaker, form(right(speaker)), { headers: FORM_TYPE, query: form({ [speaker.password]: 'x' }) }),
    );
    const emptyBody = await talk(
      world.server.port,
      post(speaker, form({ ...right(speaker), [speaker.password]: '' }), {
        headers: FORM_TYPE,
        query: form({ [speaker.password]: person.password }),
      }),
    );

    expect([wrongBody, rightBody, emptyBody].map((heard) => speaker.tokenIn(heard) !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('R-78 does not take a semicolon for a separator', async () => {
    const heard = await talk(
      world.server.port,
      post(speaker, form(right(speaker)).replaceAll('&', ';'), { headers: FORM_TYPE }),
    );

    expect(speaker.tokenIn(heard)).toBeUndefined();
  });

  it('R-78 refuses what cannot be read in the query, however good the body is', async () => {
    const heard = await talk(
      world.server.port,
      post(speaker, form(right(speaker)), { headers: FORM_TYPE, query: 'a=1&a=2' }),
    );

    expect(speaker.tokenIn(heard)).toBeUndefined();
    expect(isLegal(speaker, heard)).toBe(true);
  });
});

/** Everything that would show if a prototype had been touched. */
function pollution(): readonly unknown[] {
  const bare: Readonly<Record<string, unknown>> = {};
  return [
    Object.keys(Object.prototype),
    bare['polluted'],
    bare['roles'],
    bare['status'],
    Object.keys(Array.prototype),
    Object.keys(String.prototype),
  ];
}

describe.each(SPEAKERS)('names that mean something to the language, said to $name', (speaker) => {
  it.each([
    '"__proto__":{"polluted":1,"roles":["管理员"]}',
    '"constructor":{"prototype":{"polluted":1}}',
    '"prototype":{"polluted":1}',
    '"\\u005f_proto__":{"polluted":1}',
    '"a":{"__proto__":{"polluted":1}}',
    '"a":[{"__proto__":{"polluted":1}}]',
  ])('R-79 are refused in JSON: %s', async (member) => {
    const heard = await talk(world.server.port, post(speaker, `{${members(speaker)},${member}}`));

    expect(told(heard)).toBe(speaker.answers.malformed);
    expect(pollution()).toEqual([[], undefined, undefined, undefined, [], []]);
  });

  it.each([
    '__proto__[polluted]=1',
    '__proto__.polluted=1',
    '__proto__=1',
    'constructor[prototype][polluted]=1',
    'constructor=1',
    '__proto__%5Bpolluted%5D=1',
  ])('R-79 do nothing in a query, a form, a cookie or a header: %s', async (pair) => {
    const said: readonly Said[] = [
      post(speaker, `{${members(speaker)}}`, { query: pair }),
      post(speaker, `${form(right(speaker))}&${pair}`, { headers: FORM_TYPE }),
      { ...post(speaker, '{}'), headers: { ...JSON_TYPE, cookie: pair, [pair.split(/[=[%]/)[0] ?? '']: '1' } },
    ];

    const heard = await Promise.all(said.map((each) => talk(world.server.port, each)));

    expect(heard.every((each) => isLegal(speaker, each) && each.status !== 500)).toBe(true);
    expect(pollution()).toEqual([[], undefined, undefined, undefined, [], []]);
  });

  it('R-79 are ordinary names where they only look like it', async () => {
    const heard = await world.signIn(speaker, person, {
      fields: { toString: 'x', hasOwnProperty: 'y', valueOf: 'z' },
    });

    expect(speaker.tokenIn(heard)).toBeDefined();
  });
});

describe('somebody without the role', () => {
  it('R-79 does not get it by naming it', async () => {
    const admin = SPEAKERS.find(({ name }) => name === 'aegisspeed.admin-login') as Speaker;
    const { aegisSpeedId, password } = { ...person, aegisSpeedId: 'NOR000001' };
    await world.server.addAccount({ aegisSpeedId, password });

    const heard = await world.signIn(
      admin,
      { ...person, aegisSpeedId },
      { fields: { roles: ['管理员'], role: '管理员', is_admin: true } },
    );

    expect(told(heard)).toBe(
      '401 {"status":401,"token":"","code":"10007","result":"This account is not an admin account","data":{}}',
    );
  });
});
