// What a browser sends unasked changes nothing: every call that could, under every forgery.
import type { Account } from '#core';
import { DIALECTS } from '#main';
import { type Heard, type Said, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { introspect, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { bodyOf, type Speaker, SPEAKERS } from '../laws/speakers.ts';

const weidu = SPEAKERS.find(({ dialect }) => dialect === 'weidu') as Speaker;
const ME = '/weidu/api/v1/users/me';
const LOGOUT = '/weidu/api/v1/users/logout';

/** What the browser of somebody who signed in keeps. */
interface Jar {
  readonly token: string;
  readonly userId: string;
  readonly csrf: string;
  readonly person: Somebody;
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

async function signIn(person?: Somebody): Promise<Jar> {
  const somebody = person ?? (await invite(world));
  const cookies = (await world.signIn(weidu, somebody)).headers['set-cookie'] ?? [];
  const [token = '', userId = '', csrf = ''] = cookies.map((cookie) => /=([^;]*);/.exec(cookie)?.[1] ?? '');
  return { token, userId, csrf, person: somebody };
}

const cookiesOf = ({ token, userId, csrf }: Omit<Jar, 'person'>): string =>
  `weichuangAUTHTOKEN=${token}; weichuangUSERID=${userId}; weichuangCSRF=${csrf}`;

const isLive = async ({ token }: Jar): Promise<boolean> => (await introspect(world, token))['active'] === true;
const accountOf = ({ person }: Jar): Promise<Account | undefined> =>
  world.server.house.stores.accounts.get(person.account.id);
const codeOf = (heard: Heard): unknown => bodyOf(heard)['code'];

/** Every call that is not only for reading, of every dialect. */
const MUTATING = DIALECTS.flatMap(({ rows }) =>
  rows.flatMap(({ on }) =>
    on.filter((each) => !each.startsWith('GET ')).map((each) => each.split(' ') as [string, string]),
  ),
);

type Forge = (victim: Jar, others: { readonly other: Jar; readonly earlier: Jar }) => Partial<Said>;

const FIELDS = JSON.stringify({ nickname: 'changed', password: 'changed by somebody' });
const json = (headers: Said['headers']): Partial<Said> => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: FIELDS,
});

const FORGERIES: readonly (readonly [string, Forge])[] = [
  ['no header', (victim) => json({ cookie: cookiesOf(victim) })],
  ['an empty header', (victim) => json({ cookie: cookiesOf(victim), 'x-csrf-token': '' })],
  ['a wrong header', (victim) => json({ cookie: cookiesOf(victim), 'x-csrf-token': 'a'.repeat(26) })],
  ["another person's proof", (victim, { other }) => json({ cookie: cookiesOf(victim), 'x-csrf-token': other.csrf })],
  [
    "another person's proof and cookie",
    (victim, { other }) => json({ cookie: cookiesOf({ ...victim, csrf: other.csrf }), 'x-csrf-token': other.csrf }),
  ],
  [
    'a proof from an earlier sign-in',
    (victim, { earlier }) =>
      json({ cookie: cookiesOf({ ...victim, csrf: earlier.csrf }), 'x-csrf-token': earlier.csrf }),
  ],
  [
    'a planted cookie and its header',
    (victim) => json({ cookie: cookiesOf({ ...victim, csrf: 'planted' }), 'x-csrf-token': 'planted' }),
  ],
  [
    'the token as its own proof',
    (victim) => json({ cookie: cookiesOf({ ...victim, csrf: victim.token }), 'x-csrf-token': victim.token }),
  ],
  [
    'a second proof cookie',
    (victim) => json({ cookie: `${cookiesOf(victim)}; weichuangCSRF=planted`, 'x-csrf-token': victim.csrf }),
  ],
  [
    'a second token cookie',
    (victim, { other }) =>
      json({ cookie: `weichuangAUTHTOKEN=${other.token}; ${cookiesOf(victim)}`, 'x-csrf-token': victim.csrf }),
  ],
  [
    "another person's id",
    (victim, { other }) =>
      json({ cookie: cookiesOf({ ...victim, userId: other.userId }), 'x-csrf-token': victim.csrf }),
  ],
  [
    'the right proof, from a foreign page',
    (victim) =>
      json({
        cookie: cookiesOf(victim),
        'x-csrf-token': victim.csrf,
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      }),
  ],
  [
    'a form',
    (victim) => ({
      headers: { cookie: cookiesOf(victim), 'content-type': 'application/x-www-form-urlencoded' },
      body: `x-csrf-token=${victim.csrf}&csrf=${victim.csrf}`,
    }),
  ],
  [
    'text/plain',
    (victim) => ({
      headers: { cookie: cookiesOf(victim), 'content-type': 'text/plain' },
      body: JSON.stringify({ csrf: victim.csrf }),
    }),
  ],
  [
    'multipart',
    (victim) => ({
      headers: { cookie: cookiesOf(victim), 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${victim.csrf}\r\n--b--\r\n`,
    }),
  ],
  [
    'a method override',
    (victim) => ({
      method: 'GET',
      headers: { cookie: cookiesOf(victim), 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
    }),
  ],
];

describe('a browser made to call by a page of somebody else', () => {
  let victim: Jar;
  let other: Jar;
  let earlier: Jar;
  beforeAll(async () => {
    earlier = await signIn();
    victim = await signIn(earlier.person);
    other = await signIn();
  });

  it.each(FORGERIES)('R-61 changes nothing with %s', async (_, forge) => {
    const before = await accountOf(victim);

    const heard = await Promise.all(
      MUTATING.map(([method, path]) =>
        talk(world.server.port, { method: method ?? 'POST', path: path ?? '/', ...forge(victim, { other, earlier }) }),
      ),
    );
    const overridden = await talk(world.server.port, {
      ...forge(victim, { other, earlier }),
      method: 'GET',
      path: `${LOGOUT}?_method=POST`,
    });

    expect(MUTATING.length).toBeGreaterThan(5);
    expect(MUTATING.map(([, path]) => path)).toContain(LOGOUT);
    expect([...heard, overridden].every(({ status }) => status < 500)).toBe(true);
    expect(await Promise.all([victim, other, earlier].map(isLive))).toEqual([true, true, true]);
    expect(await accountOf(victim)).toEqual(before);
  });

  it('R-61 signs out with the proof of its own session, and a bearer without any', async () => {
    const [mine, bearer] = [await signIn(), await signIn()];

    const byCookies = await talk(world.server.port, {
      path: LOGOUT,
      headers: { cookie: cookiesOf(mine), 'x-csrf-token': mine.csrf },
    });
    const byBearer = await talk(world.server.port, {
      path: LOGOUT,
      headers: { authorization: `BEARER ${bearer.token}` },
    });

    expect([codeOf(byCookies), codeOf(byBearer)]).toEqual([200, 200]);
    expect([await isLive(mine), await isLive(bearer)]).toEqual([false, false]);
  });
});

describe('cookies that do not belong together', () => {
  it.each<[string, (mine: Jar, other: Jar) => string]>([
    ['another person by name', (mine, other) => cookiesOf({ ...mine, userId: other.userId })],
    ["another person's token", (mine, other) => cookiesOf({ ...mine, token: other.token })],
    ["another person's proof", (mine, other) => cookiesOf({ ...mine, csrf: other.csrf })],
    ['the same token twice', (mine) => `weichuangAUTHTOKEN=${mine.token}; ${cookiesOf(mine)}`],
    ['two tokens, the right one first', (mine) => `${cookiesOf(mine)}; weichuangAUTHTOKEN=b`],
    ['two tokens, the right one last', (mine) => `weichuangAUTHTOKEN=a; ${cookiesOf(mine)}`],
    ['two names', (mine, other) => `${cookiesOf(mine)}; weichuangUSERID=${other.userId}`],
    ['a name in other letters', (mine) => cookiesOf(mine).replace('AUTHTOKEN', 'authtoken')],
    ['a token in quotation marks', (mine) => cookiesOf({ ...mine, token: `"${mine.token}"` })],
    ['an empty token', (mine) => cookiesOf({ ...mine, token: '' })],
  ])('R-63 show nobody: %s', async (_, forge) => {
    const [mine, other] = [await signIn(), await signIn()];
    const ask = (cookie: string): Promise<Heard> =>
      talk(world.server.port, { method: 'GET', path: ME, headers: { cookie } });

    const right = await ask(cookiesOf(mine));
    const forged = await ask(forge(mine, other));

    expect(bodyOf(right)).toMatchObject({ code: 200, user_info: { id: mine.userId } });
    expect(forged.body).toBe('{"code":1000,"result":"未登录或者登录过期"}');
    expect(await Promise.all([isLive(mine), isLive(other)])).toEqual([true, true]);
  });
});

describe('signing in from a page of somebody else', () => {
  it.each<[string, Said['headers']]>([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: 'null' }],
    ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
    ['a foreign form', { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'a foreign page of plain text',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'content-type': 'text/plain' },
    ],
  ])('R-62 sets no cookie: %s', async (_, headers) => {
    const person = await invite(world);

    const heard = await Promise.all(
      SPEAKERS.map((speaker) => world.signIn(speaker, person, headers ? { headers } : {})),
    );

    expect(heard.flatMap((each) => each.headers['set-cookie'] ?? [])).toEqual([]);
  });

  it('R-62 takes no cookie away either', async () => {
    const mine = await signIn();

    const heard = await talk(world.server.port, {
      path: LOGOUT,
      headers: { authorization: `Bearer ${mine.token}`, 'sec-fetch-site': 'cross-site' },
    });

    expect([codeOf(heard), heard.headers['set-cookie']]).toEqual([200, undefined]);
  });

  it('R-62 sets no cookie by a call that a link can make', async () => {
    const person = await invite(world);
    const { id, signature } = world.app;
    const query = new URLSearchParams({
      appid: id,
      signature,
      user: person.username,
      pass: person.password,
    }).toString();

    const heard = await talk(world.server.port, { method: 'GET', path: `/api/user/login?${query}` });

    expect([codeOf(heard), heard.headers['set-cookie']]).toEqual([200, undefined]);
  });
});
