// Guessing on a large scale, over sockets: from many addresses at one account, and from one address at many.
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ChildServer, SMALL_HEAP, understudy } from '../support/child-server.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder } from '../support/run-folder.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { StoreFile } from '../support/store-file.ts';
import { type Heard, pipeline, talk } from '../support/talk.ts';

const LOGIN = '/weidu/api/v1/users/login';
const JSON_BODY = { 'content-type': 'application/json' };
const LOCKED = '"code":40021';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: { 'budgets.source.failures': 10_000, 'dialects.weidu.captcha': 'never' } });
});
afterAll(() => server.close());

/** Signs in from one of the many addresses of this machine. */
const signIn = (username: string, password: string, from: string): Promise<Heard> =>
  talk(server.port, {
    path: LOGIN,
    headers: JSON_BODY,
    body: JSON.stringify({ login_id: username, password }),
    from,
  });

async function inTurn<T>(count: number, act: (turn: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < count; turn += 1) results.push(await act(turn));
  return results;
}

describe('a thousand wrong guesses from fifty addresses in as many networks', () => {
  it('R-36 keep nobody out who comes from where they usually come from', async () => {
    const [username, password] = [aUsername(), aPassword()];
    await server.addAccount({ username, password });
    await signIn(username, password, '127.1.0.1');

    await Promise.all(
      Array.from({ length: 50 }, (_, network) =>
        inTurn(20, (turn) => signIn(username, `guess-${network}-${turn}`, `127.2.${network}.1`)),
      ),
    );
    const owner = await inTurn(10, () => signIn(username, password, '127.1.0.1'));
    const stranger = await signIn(username, password, '127.3.0.1');

    expect(owner.map(({ headers }) => typeof headers['token'])).toEqual(Array(10).fill('string'));
    expect(stranger.body).toContain(LOCKED);
  });
});

describe('wrong passwords in great numbers', () => {
  it('R-35 ring the alarm in log, audit and metrics', async () => {
    const token = aPassword() + aPassword();
    const alert = await startServer({ settings: { 'alarm.failures': 10, 'metrics.token': token } });
    const metric = async (): Promise<string> =>
      (await talk(alert.port, { method: 'GET', path: '/metrics', headers: { authorization: `Bearer ${token}` } })).body;
    const before = await metric();

    await inTurn(10, (turn) =>
      talk(alert.port, {
        path: LOGIN,
        headers: JSON_BODY,
        body: JSON.stringify({ login_id: aUsername(), password: 'one-for-all' }),
        from: `127.7.${turn}.1`,
      }),
    );

    const rung = (): number =>
      new StoreFile(alert).column('audit_events', 'act').filter((act) => act === 'alarm.failures').length;
    await expect.poll(rung).toBe(1);
    expect(before).toContain('understudy_alarm{alarm="failures"} 0');
    expect(await metric()).toContain('understudy_alarm{alarm="failures"} 1');
    expect(readFileSync(alert.logFile, 'utf8')).toContain('wrong secrets come in great numbers');
    await alert.close();
  });
});

describe('one password tried on five hundred names from one address', () => {
  it('R-35 is compared for twenty of them', async () => {
    const { passwords } = server.house;
    const before = passwords.stats();

    const heard = await inTurn(500, () => signIn(aUsername(), 'one-for-all', '127.4.0.1'));

    const { verifications, decoys } = passwords.stats();
    expect(verifications + decoys - before.verifications - before.decoys).toBe(20);
    expect(heard.slice(20).every(({ body }) => body.includes(LOCKED))).toBe(true);
  });
});

const MIB = 1024 * 1024;
/** As much as a server may grow by while it refuses ninety thousand names more. */
const MOST_GROWTH = 50 * MIB;
const NAMES = 100_000;
/** On one connection, which the server closes after a thousand. */
const AT_ONCE = 500;

describe('a hundred thousand made-up names from one address', () => {
  it('R-37 neither unlock an account nor leave anything behind', async () => {
    const [dataDir, username, password] = [newFolder('data'), aUsername(), aPassword()];
    await understudy(['account', 'add', '--username', username, '--password-stdin'], { dataDir, input: password });
    const env = { ...SMALL_HEAP, UNDERSTUDY_LOG_LEVEL: 'info', UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never' };
    const child = await ChildServer.start([], { dataDir, env });
    const asked = (name: string, secret: string): string => JSON.stringify({ login_id: name, password: secret });
    const tries = (secret: string, from: string): Promise<Heard> =>
      talk(child.port, { path: LOGIN, headers: JSON_BODY, body: asked(username, secret), from });
    const flood = (names: number): Promise<readonly number[]> =>
      inTurn(names / AT_ONCE, () =>
        pipeline(
          child.port,
          LOGIN,
          Array.from({ length: AT_ONCE }, () => asked(aUsername(), 'x')),
        ),
      );
    await inTurn(5, (turn) => tries(`guess-${turn}`, '127.5.0.1'));
    await flood(NAMES / 10);
    const before = child.residentBytes();

    const answered = await flood((NAMES * 9) / 10);

    const victim = await tries(password, '127.6.0.1');
    const file = new StoreFile({ dataDir });
    expect(victim.body).toContain(LOCKED);
    expect(answered.every((count) => count === AT_ONCE)).toBe(true);
    expect(child.residentBytes() - before).toBeLessThan(MOST_GROWTH);
    expect(file.count('budgets') + file.count('failed_names')).toBeLessThan(200);
  });
});
