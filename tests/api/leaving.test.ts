// Leaving: what somebody takes along, and that nothing of theirs stays behind.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { anEmail, anIdNumber, aPassword, aUsername } from '#tests/support/people';
import { newFolder } from '#tests/support/run-folder';
import { startServer, type TestServer } from '#tests/support/server';
import { Visitor } from '#tests/support/visitor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aMember, call, type Member, saidNo, signIn, told } from './somebody.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: { 'dialects.api.challenge': 'never' } });
});
afterAll(() => server.close());

/** Somebody with everything there is, each thing a text found nowhere else. */
async function aRichMember(): Promise<{ readonly member: Member; readonly canaries: readonly string[] }> {
  const [username, password, email, idNumber] = [aUsername(), aPassword(), anEmail(), anIdNumber()];
  const [nickname, address, device, sign] = ['nick', 'address', 'device', 'sign'].map(
    (name) => `${name}-${aUsername()}`,
  );
  const { id } = await server.addAccount({
    username,
    password,
    email,
    idNumber,
    profile: { nickname: String(nickname), address: String(address) },
    attributes: { nobase: { sign: String(sign) } },
  });
  const body = { identifier: username, password, device };
  const { token } = told(await call(server, 'POST /sessions', { body })) as { token: string };
  await new Visitor(server.port).weidu(username, password);
  return {
    member: { id, username, password, token },
    canaries: [username, email, String(nickname), String(address), String(device), String(sign)],
  };
}

/** The database, its log, and a backup made now. */
async function everythingOnDisk(): Promise<string> {
  const backup = join(newFolder('data'), 'copy.db');
  await server.house.storage.backup(backup);
  const database = join(server.dataDir, 'understudy.db');
  const files = [database, `${database}-wal`, backup].filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file, 'latin1')).join('\n');
}

describe('an export', () => {
  it('holds what is kept, identifiers in clear, and R-68 no secret', async () => {
    const { member, canaries } = await aRichMember();
    await call(server, 'POST /sessions', { body: { identifier: member.username, password: 'not the password' } });

    // Not kept with what clients hear: no other answer holds an id number in clear.
    const bearer = { authorization: `Bearer ${member.token}` };
    const heard = await (await fetch(`${server.url}/api/v1/me/export`, { headers: bearer })).text();

    const exported = JSON.parse(heard) as Record<string, readonly Record<string, unknown>[]>;
    expect(canaries.filter((canary) => !heard.includes(canary))).toEqual([]);
    expect(heard).not.toMatch(/argon2|digest|\$m=/);
    expect([member.password, member.token].filter((secret) => heard.includes(secret))).toEqual([]);
    expect(exported['identifiers']?.find(({ kind }) => kind === 'id_number')?.['value']).toMatch(/^990\d{14}[\dX]$/);
    expect(exported['sessions']?.map(({ dialect }) => dialect)).toEqual(['weidu', 'api']);
    expect(exported['audit']?.map(({ act, outcome }) => `${String(act)} ${String(outcome)}`)).toEqual([
      'account.export success',
      'sign-in.password refused',
      'sign-in.password success',
      'sign-in.password success',
      'account.create success',
    ]);
  });

  it('is made ten times an hour', async () => {
    const member = await aMember(server);
    for (let time = 0; time < 10; time += 1) await call(server, 'GET /me/export', member);

    const heard = await call(server, 'GET /me/export', member);

    expect([saidNo(heard), Number(heard.headers['retry-after']) > 0]).toEqual(['429 throttle.account', true]);
  });
});

describe('deleting one’s own account', () => {
  it('R-95 leaves nothing personal in the database, its log or a backup made afterwards', async () => {
    const { member, canaries } = await aRichMember();
    await call(server, 'PATCH /me', { token: member.token, body: { profile: { city: 'Harbour' } } });
    const before = await everythingOnDisk();

    const heard = await call(server, 'DELETE /me', { token: member.token, body: { password: member.password } });

    const after = await everythingOnDisk();
    expect(heard.status).toBe(204);
    expect(canaries.filter((canary) => !before.includes(canary))).toEqual([]);
    expect(canaries.filter((canary) => after.includes(canary))).toEqual([]);
  });

  it('R-57 ends every session with it, of whatever dialect', async () => {
    const app = await server.addApp({ id: 'watcher' });
    const { member } = await aRichMember();
    const visitor = new Visitor(server.port, app);
    const tokens = [
      member.token,
      await signIn(server, member),
      (await visitor.weidu(member.username, member.password)).token ?? '',
    ];
    const wereLive = await Promise.all(tokens.map((token) => visitor.isLive(token)));

    await call(server, 'DELETE /me', { token: member.token, body: { password: member.password } });

    const areLive = await Promise.all(tokens.map((token) => visitor.isLive(token)));
    expect([wereLive, areLive]).toEqual([
      [true, true, true],
      [false, false, false],
    ]);
    expect(saidNo(await call(server, 'GET /me', member))).toBe('401 session.unknown');
  });

  it('R-08 takes the password, and counts wrong ones with those of signing in', async () => {
    const member = await aMember(server);
    const wrong = { token: member.token, body: { password: 'not the password' } };

    const answers = [];
    for (let guess = 0; guess < 6; guess += 1) answers.push(saidNo(await call(server, 'DELETE /me', wrong)));
    const signingIn = await call(server, 'POST /sessions', {
      body: { identifier: member.username, password: member.password },
    });

    expect(answers).toEqual([...Array<string>(5).fill('403 credentials.mismatch'), '429 throttle.account']);
    expect(saidNo(signingIn)).toBe('429 throttle.account');
    expect((await call(server, 'GET /me', member)).status).toBe(200);
  });

  it('is not for the last operator', async () => {
    const own = await startServer();
    const [username, password] = [aUsername(), aPassword()];
    await own.addAccount({ username, password, roles: ['operator'] });
    const token = await signIn(own, { username, password });

    const heard = await call(own, 'DELETE /me', { token, body: { password } });

    expect([saidNo(heard), (await call(own, 'GET /me', { token })).status]).toEqual(['409 operator.last', 200]);
    await own.close();
  });

  it('R-76 frees the name for somebody who inherits nothing', async () => {
    const member = await aMember(server);
    await call(server, 'DELETE /me', { token: member.token, body: { password: member.password } });

    const heard = await call(server, 'POST /accounts', { body: { username: member.username, password: aPassword() } });

    expect(heard.status).toBe(201);
    expect((told(heard)['account'] as { id: string }).id).not.toBe(member.id);
    expect(saidNo(await call(server, 'GET /me', member))).toBe('401 session.unknown');
  });
});
