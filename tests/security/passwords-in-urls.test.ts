// A password in a URL, as one document has it, is served and never seen again.
import { readFileSync } from 'node:fs';

import { aPassword } from '#tests/support/people';
import { type Heard, talk, talkRaw } from '#tests/support/talk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { invite, type LoginFields, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS, told } from '../laws/speakers.ts';

const GETTERS = SPEAKERS.filter(({ dialect }) => dialect === 'nobase' || dialect === 'shopxo');

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld({ settings: { 'http.headersTimeoutMs': 500, 'http.requestTimeoutMs': 1500 } });
});
beforeEach(async () => {
  person = await invite(world);
});
afterAll(() => world.server.close());

const queryOf = (fields: LoginFields): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString();
const pathOf = (speaker: Speaker, fields: LoginFields): string =>
  `${speaker.path}${speaker.path.includes('?') ? '&' : '?'}${queryOf(fields)}`;
const get = (speaker: Speaker, fields: LoginFields): Promise<Heard> =>
  talk(world.server.port, { method: 'GET', path: pathOf(speaker, fields) });
const logText = (): string => readFileSync(world.server.logFile, 'utf8');

describe.each(GETTERS)('a login by GET to $name', (speaker) => {
  it('R-86 succeeds, and is neither kept, nor passed on, nor sent elsewhere', async () => {
    const heard = await get(speaker, speaker.fields(person, world.app));

    expect(speaker.tokenIn(heard)).toBeDefined();
    expect(heard.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(Object.keys(heard.headers)).not.toContain('location');
    expect(heard.headers['set-cookie']).toBeUndefined();
  });

  it('R-86 leaves no password in the log, whatever becomes of it, a hundred times over', async () => {
    const passwords: string[] = [];
    const heard: Heard[] = [];
    const right = speaker.fields(person, world.app);
    const ways: readonly ((password: string) => LoginFields)[] = [
      (password) => ({
        ...right,
        [speaker.password]: password,
        [speaker.who]: `nobody-${passwords.length}@example.org`,
      }),
      (password) => ({ ...right, [`${speaker.password}[]`]: password }),
      (password) => ({ ...right, [speaker.password]: `${password}\u0000` }),
      (password) => ({ ...right, [speaker.who]: password, [speaker.password]: password }),
      (password) => ({ [password]: password }),
      (password) => ({ ...right, [speaker.password]: password.repeat(20) }),
      (password) => ({ ...right, [speaker.password]: `&${password}&${password}` }),
      (password) => ({ ...right, appid: password, signature: password, type: password }),
      (password) => ({ ...right, [speaker.password]: `%${password}` }),
      (password) => ({ s: password, [speaker.password]: password }),
    ];

    for (const turn of Array(100).keys()) {
      const password = aPassword();
      passwords.push(password);
      heard.push(await get(speaker, ways[turn % ways.length]?.(password) ?? {}));
    }

    const log = logText();
    expect(passwords.filter((password) => log.includes(password) || log.includes(password.slice(0, 10)))).toEqual([]);
    expect(heard.filter(({ status }) => status >= 300 && status < 400)).toEqual([]);
    expect(heard.every((each) => isLegal(speaker, each))).toBe(true);
    expect(
      heard.every(
        ({ headers }) => headers['cache-control'] === 'no-store' && headers['referrer-policy'] === 'no-referrer',
      ),
    ).toBe(true);
  });

  it.each<[string, number, (path: string) => string]>([
    ['too long', 414, (path) => `GET ${path}&x=${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['with headers too long', 431, (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['badly framed', 400, (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`],
    ['cut off', 408, (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n`],
    ['cut off in its first line', 408, (path) => `GET ${path}`],
    ['with line ends of its own', 400, (path) => `GET ${path}\r\nX-A: b HTTP/1.1\r\nHost: a\r\n\r\n`],
  ])('R-86 leaves no password anywhere when it is %s', async (_, status, bytes) => {
    const password = aPassword();
    const path = pathOf(speaker, { ...speaker.fields(person, world.app), [speaker.password]: password });

    const heard = await talkRaw(world.server.port, bytes(path), 8000);

    expect([heard.status, heard.text.includes(password), logText().includes(password)]).toEqual([status, false, false]);
    expect(heard.text).toContain('cache-control: no-store');
    expect(heard.text).toContain('referrer-policy: no-referrer');
  });

  it('R-86 is answered like any other when the store is gone, without a word about it', async () => {
    const broken = await startWorld();
    const { password } = person;
    await broken.server.house.storage.close();

    const heard = await talk(broken.server.port, {
      method: 'GET',
      path: pathOf(speaker, speaker.fields(person, broken.app)),
    });
    const log = readFileSync(broken.server.logFile, 'utf8');
    await broken.server.close().catch(() => undefined);

    expect(told(heard)).toBe(speaker.answers.fault);
    expect([log.includes('"refusal":"fault"'), log.includes(password)]).toEqual([true, false]);
  });
});

describe('the metrics', () => {
  it('R-86 name endpoints and refusals, and nothing a client said', async () => {
    const token = `metrics-${aPassword()}`;
    const measured = await startWorld({ settings: { 'metrics.token': token } });
    const secret = aPassword();
    for (const speaker of GETTERS) {
      await talk(measured.server.port, {
        method: 'GET',
        path: pathOf(speaker, { ...speaker.fields(person, measured.app), [speaker.password]: secret }),
      });
    }

    const heard = await talk(measured.server.port, {
      method: 'GET',
      path: '/metrics',
      headers: { authorization: `Bearer ${token}` },
    });
    const closed = await talk(measured.server.port, {
      method: 'GET',
      path: '/metrics',
      headers: { authorization: `Bearer ${token}x` },
    });
    await measured.server.close();

    expect([heard.status, closed.status]).toEqual([200, 401]);
    expect(heard.body).toContain('understudy_answers_total{endpoint="nobase.login",refusal="account.unknown"} 1');
    expect([heard.body.includes(secret), heard.body.includes(token), closed.body.includes('understudy')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
