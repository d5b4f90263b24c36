// One's own account through our own API: its tag, its profile, its password.
import { aPassword } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aMember, call, saidNo, signIn, told } from './somebody.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: { 'registration.source.perHour': 1000, 'dialects.api.challenge': 'never' } });
});
afterAll(() => server.close());

const profileIn = (heard: { readonly body: string }) => (JSON.parse(heard.body) as { profile: object }).profile;

describe('changing one’s own profile', () => {
  it('merges: what is left out stays, null takes away', async () => {
    const { token } = await aMember(server, { profile: { nickname: 'Ada', city: 'Harbour', gender: 'female' } });

    const body = { profile: { nickname: null, gender: 'unknown', birthday: '1990-02-28' } };
    const heard = await call(server, 'PATCH /me', { token, body });

    expect(profileIn(heard)).toEqual({
      nickname: null,
      avatar: null,
      gender: 'unknown',
      birthday: '1990-02-28',
      country: null,
      province: null,
      city: 'Harbour',
      county: null,
      address: null,
    });
    expect(told(await call(server, 'GET /me', { token }))).toEqual(told(heard));
  });

  it('answers with the tag the account has from then on', async () => {
    const { token } = await aMember(server);
    const before = await call(server, 'GET /me', { token });

    const changed = await call(server, 'PATCH /me', { token, body: { profile: { city: 'Harbour' } } });

    const after = await call(server, 'GET /me', { token });
    expect(changed.headers.etag).toMatch(/^"[\w-]{27}"$/);
    expect([changed.headers.etag, changed.headers.etag === before.headers.etag]).toEqual([after.headers.etag, false]);
  });

  it('is made only of what was read, where If-Match says so', async () => {
    const { token } = await aMember(server);
    const { etag = '' } = (await call(server, 'GET /me', { token })).headers;
    const patch = (ifMatch: string, city: string) =>
      call(server, 'PATCH /me', { token, body: { profile: { city } }, headers: { 'if-match': ifMatch } });

    const answers = [
      await patch(`W/${etag}`, 'weak'),
      await patch('"another"', 'other'),
      await patch('nonsense', 'malformed'),
      await patch(`"another", ${etag}`, 'one of two'),
      await patch(etag, 'stale'),
      await patch('*', 'any'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([412, 412, 400, 200, 412, 200]);
    expect(answers.filter(({ status }) => status === 412).map(saidNo)).toEqual(
      Array<string>(3).fill('412 version.stale'),
    );
  });

  it('is made by one of twenty who all read the same', async () => {
    const { token } = await aMember(server);
    const { etag = '' } = (await call(server, 'GET /me', { token })).headers;

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        call(server, 'PATCH /me', {
          token,
          body: { profile: { city: `city ${number}` } },
          headers: { 'if-match': etag },
        }),
      ),
    );

    const statuses = answers.map(({ status }) => status);
    expect([200, 412].map((status) => statuses.filter((each) => each === status).length)).toEqual([1, 19]);
  });

  it('R-82 keeps nothing that cannot be shown', async () => {
    const { token } = await aMember(server);
    const hostile = ['\u202eevil', 'a\u0000b', 'x'.repeat(61), ''];

    const answers = await Promise.all(
      hostile.map((nickname) => call(server, 'PATCH /me', { token, body: { profile: { nickname } } })),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 200]);
    expect(profileIn(await call(server, 'GET /me', { token }))).toMatchObject({ nickname: null });
  });
});

describe('changing one’s own password', () => {
  it('R-08 ends all other sessions, and lets this one go on', async () => {
    const member = await aMember(server);
    const other = await signIn(server, member);
    const next = aPassword();

    const body = { current_password: member.password, new_password: next };
    const heard = await call(server, 'PUT /me/password', { token: member.token, body });

    const statuses = await Promise.all(
      [member.token, other].map(async (token) => (await call(server, 'GET /me', { token })).status),
    );
    const attempts = await Promise.all(
      [member.password, next].map((password) =>
        call(server, 'POST /sessions', { body: { identifier: member.username, password } }),
      ),
    );
    expect([heard.status, heard.body, statuses]).toEqual([204, '', [200, 401]]);
    expect(attempts.map(({ status }) => status)).toEqual([401, 201]);
  });

  it('R-08 counts wrong ones with those of signing in, and leaves the session alone', async () => {
    const member = await aMember(server);
    const along = { token: member.token, body: { current_password: 'not the password', new_password: aPassword() } };

    const answers = [];
    for (let guess = 0; guess < 6; guess += 1) answers.push(saidNo(await call(server, 'PUT /me/password', along)));

    const signingIn = await call(server, 'POST /sessions', {
      body: { identifier: member.username, password: member.password },
    });
    expect(answers).toEqual([...Array<string>(5).fill('403 credentials.mismatch'), '429 throttle.account']);
    expect(saidNo(signingIn)).toBe('429 throttle.account');
    expect((await call(server, 'GET /me', member)).status).toBe(200);
  });
});
