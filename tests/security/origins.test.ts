// Which pages may read which answers, over real sockets.
import { matching } from '#tests/support/matchers';
import { type Heard, talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type KnownApp, type Somebody, startWorld, World } from '../laws/somebody.ts';
import { type Speaker, SPEAKERS } from '../laws/speakers.ts';

const FRIEND = 'https://friend.example.org';
const SHOP = 'https://shop.example.org';

const TRICKS = [
  'null',
  '*',
  'https://evil.example',
  'https://friend.example.org.evil.example',
  'https://evil.example/friend.example.org',
  'https://evilfriend.example.org',
  'https://friend.example.org@evil.example',
  'https://friend.example.org:8443',
  'http://friend.example.org',
  'https://FRIEND.example.org',
  'https://friend.example.org/',
  'https://friend.example.org, https://evil.example',
  'https://friend.example.org%60.evil.example',
  'https://sub.friend.example.org',
  'file://',
  'chrome-extension://abcdefghijklmnop',
];

const nobase = SPEAKERS.find(({ dialect }) => dialect === 'nobase') as Speaker;
const others = SPEAKERS.filter((speaker) => speaker !== nobase);

let world: World;
let person: Somebody;
let shopApp: KnownApp;
beforeAll(async () => {
  world = await startWorld({ settings: { 'dialects.weidu.origins': [FRIEND] } });
  person = await invite(world);
  shopApp = await world.server.addApp({ id: 'shop', origins: [SHOP] });
});
afterAll(() => world.server.close());

/** What an answer allows; which headers may be read where all may be read is no leave of its own. */
const leaveIn = ({ headers }: Heard): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('access-control-allow-') ? [`${name}: ${String(value)}`] : [],
  );

const from = (origin: string) => ({ headers: { origin } });
const preflight = (path: string, origin: string): Promise<Heard> =>
  talk(world.server.port, {
    method: 'OPTIONS',
    path,
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });

describe.each(others)('$name', (speaker) => {
  it.each(TRICKS)('R-66 lets no page of %j read an answer', async (origin) => {
    const right = await world.signIn(speaker, person, from(origin));
    const wrong = await world.signIn(speaker, { ...person, password: '' }, from(origin));
    const leave = await preflight(speaker.path, origin);

    expect([leaveIn(right), leaveIn(wrong), leaveIn(leave)]).toEqual([[], [], []]);
    expect(leave.headers.vary).toBe('Origin');
  });
});

describe('weidu with a list of origins', () => {
  const weidu = SPEAKERS.find(({ dialect }) => dialect === 'weidu') as Speaker;

  it('R-66 lets the pages on it read answers, without credentials', async () => {
    const right = await world.signIn(weidu, person, from(FRIEND));
    const leave = await preflight(weidu.path, FRIEND);

    expect(leaveIn(right)).toEqual([`access-control-allow-origin: ${FRIEND}`]);
    expect([leave.status, leaveIn(leave).toSorted()]).toEqual([
      204,
      [
        'access-control-allow-headers: content-type, authorization, x-requested-with',
        'access-control-allow-methods: POST',
        `access-control-allow-origin: ${FRIEND}`,
      ],
    ]);
  });

  it('R-62 sets cookies for pages on it and for no others', async () => {
    const friend = await world.signIn(weidu, person, from(FRIEND));
    const evil = await world.signIn(weidu, person, {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    const hidden = await world.signIn(weidu, person, { headers: { 'sec-fetch-site': 'cross-site' } });

    expect([friend, evil, hidden].map(({ headers }) => headers['set-cookie']?.length ?? 0)).toEqual([3, 0, 0]);
  });
});

describe('NoBase, whose document needs it', () => {
  it.each([...TRICKS, FRIEND])(
    'R-66 answers pages of %j without repeating them and without credentials',
    async (origin) => {
      const right = await world.signIn(nobase, person, from(origin));
      const leave = await preflight(nobase.path, origin);

      expect([leaveIn(right), right.headers['set-cookie']]).toEqual([['access-control-allow-origin: *'], undefined]);
      expect([leave.status, leaveIn(leave)[0]]).toEqual([
        204,
        matching(/^access-control-allow-(?:origin: \*|methods|headers)/),
      ]);
      expect(JSON.stringify(leave.headers)).not.toContain('credentials');
    },
  );

  it.each(TRICKS)('R-66 lets an application keep pages of %j out', async (origin) => {
    const shopWorld = new World(world.server, shopApp);

    const right = await shopWorld.signIn(nobase, person, from(origin));
    const own = await shopWorld.signIn(nobase, person, from(SHOP));

    expect([leaveIn(right), leaveIn(own)]).toEqual([[], [`access-control-allow-origin: ${SHOP}`]]);
  });
});

describe('our own API', () => {
  it.each(TRICKS)('R-66 lets no page of %j read an answer', async (origin) => {
    const heard = await talk(world.server.port, {
      path: '/api/v1/tokens/introspect',
      headers: { origin },
      body: 'token=a',
    });
    const leave = await preflight('/api/v1/tokens/introspect', origin);

    expect([leaveIn(heard), leaveIn(leave)]).toEqual([[], []]);
  });
});
