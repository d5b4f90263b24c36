// Sessions: what their tokens are like, where they count, when they end, and how many there are.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Account, changeRoles, removeAccount, revokeSessions, Secret, setPassword } from '#core';
import { adminDeps } from '#tests/support/rulebook';
import { aPassword } from '#tests/support/people';
import { type Heard, type Said, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { TOKEN as HARBOUR } from '../../examples/own-dialect/carrier.ts';
import { TOKEN as AEGISSPEED } from '../../src/dialects/aegisspeed/carrier.ts';
import { TOKEN as NOBASE } from '../../src/dialects/nobase/carrier.ts';
import { TOKEN as SHOPXO } from '../../src/dialects/shopxo/carrier.ts';
import { TOKEN as WEIDU } from '../../src/dialects/weidu/carrier.ts';
import { introspect, invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { bodyOf, EVERY_SPEAKER, type Speaker } from '../laws/speakers.ts';

const SPELLINGS: Readonly<Record<string, typeof WEIDU>> = {
  aegisspeed: AEGISSPEED,
  harbour: HARBOUR,
  nobase: NOBASE,
  shopxo: SHOPXO,
  weidu: WEIDU,
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.server.close());

async function tokenOf(speaker: Speaker, person: Somebody, on = world): Promise<string> {
  const token = speaker.tokenIn(await on.signIn(speaker, person));
  if (token === undefined) throw new Error(`${speaker.name} gave no token`);
  return token;
}

const isLive = async (token: string, on = world): Promise<boolean> => (await introspect(on, token))['active'] === true;

describe.each(EVERY_SPEAKER)('a token of $name', (speaker) => {
  it('R-54 holds 128 random bits or more, and looks like no UUID', async () => {
    const { alphabet, length } = SPELLINGS[speaker.dialect] ?? { alphabet: '', length: 0 };
    const token = await tokenOf(speaker, await invite(world));

    expect(new Set(alphabet).size).toBe(alphabet.length);
    expect(length * Math.log2(alphabet.length)).toBeGreaterThanOrEqual(128);
    expect([token.length, token.split('').every((symbol) => alphabet.includes(symbol))]).toEqual([length, true]);
  });

  it('R-54 rests in no file of the server', async () => {
    const token = await tokenOf(speaker, await invite(world));

    const files = readdirSync(world.server.dataDir).map((name) =>
      readFileSync(join(world.server.dataDir, name), 'latin1'),
    );

    expect(files.length).toBeGreaterThan(1);
    expect(files.some((file) => file.includes(token))).toBe(false);
  });

  it('R-55 is never one that was sent along, in twenty tries and every carrier', async () => {
    const person = await invite(world);
    const { alphabet, length } = SPELLINGS[speaker.dialect] ?? WEIDU;
    const planted = Array.from({ length: 20 }, () => world.server.house.randomness.text({ alphabet, length }));
    const said = planted.map(
      (token): Partial<Said> & { readonly fields?: object } =>
        ({
          0: { headers: { authorization: `Bearer ${token}`, token, 'x-csrf-token': token } },
          1: {
            headers: {
              cookie: `weichuangAUTHTOKEN=${token}; weichuangUSERID=a; weichuangCSRF=${token}; token=${token}; PHPSESSID=${token}`,
            },
          },
          2: { path: `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}token=${token}&access_token=${token}` },
          3: { fields: { token, access_token: token, session: token } },
        })[planted.indexOf(token) % 4] ?? {},
    );

    const heard = await Promise.all(
      said.map(({ fields, ...rest }) =>
        talk(world.server.port, {
          path: speaker.path,
          ...rest,
          headers: { 'content-type': 'application/json', ...rest.headers },
          body: JSON.stringify({ ...speaker.fields(person, world.app), ...fields }),
        }),
      ),
    );

    const issued = heard.map((each) => speaker.tokenIn(each));
    expect(new Set([...issued, ...planted]).size).toBe(40);
    expect(issued).not.toContain(undefined);
    expect(await Promise.all(planted.map((token) => isLive(token)))).toEqual(planted.map(() => false));
  });
});

/** What somebody might make of a token to have it taken for the same. */
function mutations(token: string): readonly string[] {
  const swapped = (at: number, symbol: string): string => `${token.slice(0, at)}${symbol}${token.slice(at + 1)}`;
  const places = Array.from(token.slice(0, 64), (_, at) => at);
  const cut = places.flatMap((at) => [token.slice(0, at), token.slice(at + 1)]);
  const changed = places.flatMap((at) => [
    swapped(at, token[at] === '0' ? '1' : '0'),
    swapped(at, token.charAt(at).toUpperCase()),
  ]);
  const grown = places.flatMap((at) => [
    swapped(at, `${token[at]} `),
    swapped(at, `${token[at]}%00`),
    swapped(at, `%${token.charCodeAt(at).toString(16)}`),
  ]);
  const wrapped = [
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\0',
    '%00',
    '%20',
    '=',
    '"',
    "'",
    ';',
    ',',
    '\u200b',
    '\ufeff',
    '*',
    '%',
    '_',
    'x',
  ];
  const recoded = [
    Buffer.from(token).toString('base64'),
    Buffer.from(token).toString('hex'),
    encodeURIComponent(encodeURIComponent(`${token}/`)),
    token.toUpperCase(),
    token.normalize('NFKD') + token,
    token.split('').toReversed().join(''),
    token.replaceAll('1', 'l'),
    token.replaceAll('0', 'o'),
  ];
  const all = [
    ...cut,
    ...changed,
    ...grown,
    ...wrapped.flatMap((each) => [`${token}${each}`, `${each}${token}`]),
    ...recoded,
  ];
  return [...new Set(all)].filter((text) => text !== token);
}

describe('five hundred mutations of tokens', () => {
  it('R-56 are nobody’s, and break nothing', async () => {
    const person = await invite(world);
    const tokens = await Promise.all(EVERY_SPEAKER.map((speaker) => tokenOf(speaker, person)));
    const mutated = tokens.flatMap(mutations);

    const found: (readonly unknown[])[] = [];
    for (const text of mutated) {
      const { status, active } = await introspect(world, text);
      // What is no text at all is refused before it is looked up.
      if (active === true || Number(status) >= 500) found.push([status, active, text]);
    }

    expect(mutated.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
    expect(await Promise.all(tokens.map((token) => isLive(token)))).toEqual(tokens.map(() => true));
  });
});

type Ending = (account: Account) => Promise<unknown>;

describe('what ends a session', () => {
  const deps = () => adminDeps(world.server.house);
  const endings: readonly (readonly [string, Ending])[] = [
    ['the account is disabled', (account) => world.server.setStatus(account, 'disabled')],
    ['the account is removed', ({ id }) => removeAccount(deps())({ accountId: id })],
    ['a role is given', ({ id }) => changeRoles(deps())({ accountId: id, grant: ['编辑'] })],
    ['a role is taken', ({ id }) => changeRoles(deps())({ accountId: id, ungrant: ['管理员'] })],
    ['the password is set', ({ id }) => setPassword(deps())({ accountId: id, password: new Secret(aPassword()) })],
    ['the password is taken away', ({ id }) => setPassword(deps())({ accountId: id, password: null })],
    ['all are revoked', ({ id }) => revokeSessions(deps())({ accountId: id })],
  ];

  it.each(endings)('R-57 R-08 ends it everywhere at once: %s', async (_, end) => {
    const person = await invite(world);
    const stranger = await invite(world);
    const theirs = await Promise.all(
      EVERY_SPEAKER.flatMap((speaker) => [tokenOf(speaker, person), tokenOf(speaker, person)]),
    );
    const others = await Promise.all(EVERY_SPEAKER.map((speaker) => tokenOf(speaker, stranger)));
    const before = await Promise.all(theirs.map((token) => isLive(token)));

    await end(person.account);

    expect(before).toEqual(theirs.map(() => true));
    expect(await Promise.all(theirs.map((token) => isLive(token)))).toEqual(theirs.map(() => false));
    expect(await Promise.all(others.map((token) => isLive(token)))).toEqual(others.map(() => true));
  });

  it('R-57 is one revocation for one session', async () => {
    const person = await invite(world);
    const tokens = await Promise.all(EVERY_SPEAKER.map((speaker) => tokenOf(speaker, person)));
    const { digests, stores } = world.server.house;
    const found = await stores.sessions.find(digests.ofToken(tokens[0] ?? ''));

    await revokeSessions(deps())({ accountId: person.account.id, sessionId: found?.session.id ?? '' });

    expect(await Promise.all(tokens.map((token) => isLive(token)))).toEqual(tokens.map((_, index) => index > 0));
  });
});

/** The end of the session as the answer tells it, in milliseconds. */
const ADVERTISED: Readonly<Record<string, (heard: Heard) => readonly number[]>> = {
  nobase: (heard) => [(bodyOf(heard)['data'] as { readonly token_dead: number }).token_dead * 1000],
  weidu: ({ headers }) =>
    (headers['set-cookie'] ?? []).map((cookie) => Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '')),
};

describe('the life of a session', () => {
  let own: World;
  beforeAll(async () => {
    own = await startWorld();
  });
  afterAll(() => own.server.close());

  it.each(EVERY_SPEAKER)('R-58 ends when it was said to end, to the second: $name', async (speaker) => {
    const person = await invite(own);
    // Two of the same instant, because looking at one may prolong it.
    const heard = [await own.signIn(speaker, person), await own.signIn(speaker, person)];
    const [first = '', second = ''] = heard.map((each) => speaker.tokenIn(each));
    const advertised = heard.flatMap((each) => ADVERTISED[speaker.dialect]?.(each) ?? []);
    const end = Number((await introspect(own, first))['exp']) * 1000;

    own.server.clock.advance(`${(end - own.server.clock.now()) / 1000 - 1}s`);
    const justBefore = await isLive(first, own);
    own.server.clock.advance('2s');
    const justAfter = await isLive(second, own);

    expect([justBefore, justAfter]).toEqual([true, false]);
    expect(advertised.every((at) => Math.abs(at - end) <= 1000)).toBe(true);
  });
});

describe('a token outside its channel', () => {
  const ME = '/weidu/api/v1/users/me';
  const ask = (said: Partial<Said>): Promise<Heard> => talk(world.server.port, { method: 'GET', path: ME, ...said });
  const codeOf = (heard: Heard): unknown => bodyOf(heard)['code'];

  it('R-59 is not looked for in addresses, bodies or other headers', async () => {
    const weidu = EVERY_SPEAKER.find(({ dialect }) => dialect === 'weidu') as Speaker;
    const token = await tokenOf(weidu, await invite(world));
    const elsewhere: readonly Partial<Said>[] = [
      ...['token', 'access_token', 'auth', 'weichuangAUTHTOKEN', 'Authorization'].map((name) => ({
        path: `${ME}?${name}=${token}`,
      })),
      ...[`${ME}/${token}`, `${ME};token=${token}`, `${ME}#${token}`].map((path) => ({ path })),
      ...['token', 'x-token', 'x-auth-token', 'x-access-token', 'weichuangauthtoken'].map((name) => ({
        headers: { [name]: token },
      })),
      ...[`Token ${token}`, token, `Basic ${Buffer.from(`:${token}`).toString('base64')}`].map((authorization) => ({
        headers: { authorization },
      })),
      ...['token', 'AUTHTOKEN', 'MMAUTHTOKEN', 'session'].map((name) => ({ headers: { cookie: `${name}=${token}` } })),
      {
        method: 'POST',
        path: '/weidu/api/v1/users/logout',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      },
    ];

    const heard = await Promise.all(elsewhere.map(ask));

    expect(heard.map(codeOf).filter((code) => code !== 1000 && code !== 4000)).toEqual([]);
    expect(codeOf(await ask({ headers: { authorization: `Bearer ${token}` } }))).toBe(200);
  });

  it('R-59 of another dialect is nobody’s, in whatever place', async () => {
    const person = await invite(world);
    const foreign = EVERY_SPEAKER.filter(({ dialect }) => dialect !== 'weidu');
    const tokens = await Promise.all(foreign.map((speaker) => tokenOf(speaker, person)));

    const heard = await Promise.all(
      tokens.flatMap((token) => [
        ask({ headers: { authorization: `Bearer ${token}` } }),
        ask({ headers: { cookie: `weichuangAUTHTOKEN=${token}` } }),
      ]),
    );

    expect(heard.map(codeOf)).toEqual(heard.map(() => 1000));
    expect(await Promise.all(tokens.map((token) => isLive(token)))).toEqual(tokens.map(() => true));
  });
});

describe('a thousand sign-ins of one account', () => {
  it('R-60 leave no more sessions than there may be, and none when all are revoked', async () => {
    const own = await startWorld({ settings: { 'sessions.maxPerAccount': 20 } });
    const person = await invite(own);
    const tokens: string[] = [];
    for (let round = 0; round < 50; round += 1)
      tokens.push(
        ...(await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            tokenOf(EVERY_SPEAKER[(round + index) % EVERY_SPEAKER.length] as Speaker, person, own),
          ),
        )),
      );

    const { sessions } = own.server.house.stores;
    const kept = await sessions.list(person.account.id, 10_000);
    const live = await Promise.all(tokens.map((token) => isLive(token, own)));
    await revokeSessions(adminDeps(own.server.house))({ accountId: person.account.id });
    const left = await sessions.list(person.account.id, 10_000);
    await own.server.close();

    expect(new Set(tokens).size).toBe(1000);
    expect([kept.length, live.filter(Boolean).length, left.length]).toEqual([20, 20, 0]);
  }, 240_000);
});
