// Registering through our own API: what is kept, what a client that heard no answer may do, and what a stranger learns.
import { aMobile, aPassword, aUsername } from '#tests/support/people';
import { matching } from '#tests/support/matchers';
import { Mailbox } from '#tests/support/mailbox';
import { startServer, type TestServer } from '#tests/support/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, saidNo, told } from './somebody.ts';

const SETTINGS = { 'registration.source.perHour': 1000, 'dialects.api.challenge': 'never' };

const mailbox = new Mailbox();
let server: TestServer;
let strict: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: SETTINGS, couriers: mailbox });
  strict = await startServer({ settings: { ...SETTINGS, 'dialects.api.policy': 'strict' } });
});
afterAll(() => Promise.all([server.close(), strict.close()]));

const aKey = (): string => `key-${aUsername()}-${aUsername()}`;
const somebody = () => ({ username: aUsername(), password: aPassword() });
const idIn = (heard: { readonly body: string }): string =>
  (JSON.parse(heard.body) as { account: { id: string } }).account.id;

describe('registering', () => {
  it('answers with the account and a session that opens it', async () => {
    const person = somebody();
    const mobile = aMobile();

    const body = { ...person, mobile, profile: { nickname: 'Ada', gender: 'female' } };
    const heard = await call(server, 'POST /accounts', { body });

    const { account, session } = told(heard) as { account: Record<string, unknown>; session: Record<string, string> };
    const me = await call(server, 'GET /me', { token: String(session['token']) });
    expect([heard.status, heard.headers['cache-control']]).toEqual([201, 'no-store']);
    expect(session).toEqual({
      token: matching(/^\w{43}$/),
      token_type: 'Bearer',
      expires_at: matching(/Z$/),
    });
    expect(account).toMatchObject({
      status: 'active',
      roles: [],
      organisation: null,
      identifiers: [
        { kind: 'mobile', value: `+86${mobile.slice(0, 3)}****${mobile.slice(-4)}`, verified: false },
        { kind: 'username', value: person.username, verified: true },
      ],
    });
    expect(account['profile']).toMatchObject({ nickname: 'Ada', gender: 'female', city: null });
    expect(told(me)).toEqual(account);
  });

  it('R-75 takes no word on what nobody may say of themselves', async () => {
    const wishes = [
      { roles: ['operator'] },
      { status: 'muted' },
      { verified: true },
      { organisation: 'x' },
      { number: 1 },
    ];

    const answers = await Promise.all(
      wishes.map((wish) => call(server, 'POST /accounts', { body: { ...somebody(), ...wish } })),
    );

    expect(answers.map(saidNo)).toEqual(wishes.map(() => '400 input.malformed'));
  });

  it('proves a mobile with the code that was sent there, and only once', async () => {
    const mobile = aMobile();
    await call(server, 'POST /codes', { body: { identifier: mobile, purpose: 'register' } });
    const body = { mobile, password: aPassword(), code: mailbox.codeFor(mobile) };

    const heard = await call(server, 'POST /accounts', { body });
    const again = await call(server, 'POST /accounts', { body });

    expect((told(heard)['account'] as { identifiers: unknown[] }).identifiers).toMatchObject([
      { kind: 'mobile', verified: true },
    ]);
    expect(saidNo(again)).toBe('409 identifier.taken');
  });

  it('needs an identifier, and a password that may be set', async () => {
    const bodies = [
      { password: aPassword() },
      { username: aUsername(), password: 'short' },
      { username: aMobile(), password: aPassword() },
    ];

    const answers = await Promise.all(bodies.map((body) => call(server, 'POST /accounts', { body })));

    expect(answers.map(saidNo)).toEqual(['400 input.malformed', '400 password.too-short', '400 identifier.malformed']);
  });
});

describe('registering once more under the same key', () => {
  it('finds the same account, and opens a session of it', async () => {
    const along = { body: somebody(), headers: { 'idempotency-key': aKey() } };

    const first = await call(server, 'POST /accounts', along);
    const again = await call(server, 'POST /accounts', along);

    const { session } = told(again) as { session: { token: string } };
    expect([first.status, again.status, idIn(again)]).toEqual([201, 201, idIn(first)]);
    expect(told(await call(server, 'GET /me', session))['id']).toBe(idIn(first));
  });

  it('makes one account of twins that race', async () => {
    const along = { body: somebody(), headers: { 'idempotency-key': aKey() } };

    const twins = await Promise.all(Array.from({ length: 8 }, () => call(server, 'POST /accounts', along)));

    expect(twins.map(({ status }) => status)).toEqual(twins.map(() => 201));
    expect(new Set(twins.map(idIn)).size).toBe(1);
  });

  it('refuses another request under it, and another password', async () => {
    const body = somebody();
    const headers = { 'idempotency-key': aKey() };
    await call(server, 'POST /accounts', { body, headers });

    const other = await call(server, 'POST /accounts', { body: { ...body, username: aUsername() }, headers });
    const guessed = await call(server, 'POST /accounts', { body: { ...body, password: aPassword() }, headers });

    expect([saidNo(other), saidNo(guessed)]).toEqual(['422 idempotency.mismatch', '401 credentials.mismatch']);
  });

  it('R-32 counts passwords guessed at with it like those of signing in', async () => {
    const body = somebody();
    const along = { body: { ...body, password: aPassword() }, headers: { 'idempotency-key': aKey() } };
    await call(server, 'POST /accounts', { ...along, body });

    const answers = [];
    for (let guess = 0; guess < 6; guess += 1) answers.push(saidNo(await call(server, 'POST /accounts', along)));

    expect(answers).toEqual([...Array<string>(5).fill('401 credentials.mismatch'), '429 throttle.account']);
  });

  it('forgets the key after a day', async () => {
    const along = { body: somebody(), headers: { 'idempotency-key': aKey() } };
    await call(server, 'POST /accounts', along);

    server.clock.advance('24h');

    expect(saidNo(await call(server, 'POST /accounts', along))).toBe('409 identifier.taken');
  });
});

describe('registering under the strict policy', () => {
  it('R-26 answers a taken name like a free one, and signs nobody in', async () => {
    const [person, thief] = [somebody(), aPassword()];

    const free = await call(strict, 'POST /accounts', { body: person });
    const taken = await call(strict, 'POST /accounts', { body: { ...person, password: thief } });

    const signIns = await Promise.all(
      [person.password, thief].map((password) =>
        call(strict, 'POST /sessions', { body: { identifier: person.username, password } }),
      ),
    );
    expect([free, taken].map(({ status, body }) => [status, body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    expect(Object.keys(taken.headers)).toEqual(Object.keys(free.headers));
    expect(signIns.map(({ status }) => status)).toEqual([201, 401]);
  });

  it('R-26 learns nothing by a key either', async () => {
    const headers = { 'idempotency-key': aKey() };
    await call(strict, 'POST /accounts', { body: somebody(), headers });

    const heard = await call(strict, 'POST /accounts', { body: somebody(), headers });

    expect(heard.status).toBe(202);
  });
});
