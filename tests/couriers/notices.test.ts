// Notices to owners over a real server and a real mail server: when, to whom, how often, and at nobody's cost.
import type { Account, AuditRecord, JsonObject } from '#core';
import { Secret, setPassword } from '#core';
import { adminDeps } from '#tests/support/rulebook';
import { MailServer, type MailServerOptions } from '#tests/support/mail-server';
import { aPassword, anEmail, anIdNumber } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk, talkRaw } from '#tests/support/talk';
import { describe, expect, it, onTestFinished } from 'vitest';

const ALL = { 'notices.newSource': true, 'notices.passwordChanged': true, 'notices.locked': true };

interface Setup {
  readonly mail: MailServer;
  readonly server: TestServer;
  readonly account: Account;
  readonly password: string;
  readonly email: string;
  readonly idNumber: string;
}

interface Wish {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly mail?: MailServerOptions;
  readonly record?: JsonObject;
}

async function setUp({ settings = ALL, mail: kind = {}, record = {} }: Wish = {}): Promise<Setup> {
  const user = { name: 'courier', password: aPassword() };
  const mail = await MailServer.start({ ...kind, user });
  const access = { 'couriers.smtp.user': user.name, 'couriers.smtp.password': user.password };
  const server = await startServer({
    settings: { ...mail.settings, ...access, 'notices.language': 'en', ...settings },
  });
  onTestFinished(() => server.close());
  const [password, email, idNumber] = [aPassword(), anEmail(), anIdNumber()];
  const account = await server.addAccount({ password, email, idNumber, ...record });
  return { mail, server, account, password, email, idNumber };
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const LOGIN = '/user/login/login_user_info';

const asking = ({ idNumber }: Setup, password: string): string =>
  JSON.stringify({ user_id: idNumber, user_password: password });

/** By a document that knows no challenge. `byte` makes another source of the same subnet. */
function signIn(setup: Setup, password: string, byte = 1): Promise<Heard> {
  const body = asking(setup, password);
  return talk(setup.server.port, { path: LOGIN, headers: JSON_HEADERS, body, from: `127.0.0.${byte}` });
}

async function signInFrom(setup: Setup, bytes: readonly number[]): Promise<void> {
  for (const byte of bytes) await signIn(setup, setup.password, byte);
}

async function fail(setup: Setup, times: number, byte = 1): Promise<void> {
  for (let failure = 0; failure < times; failure += 1) await signIn(setup, 'wrong password', byte);
}

const lock = (setup: Setup, byte = 1): Promise<void> => fail(setup, 5, byte);

/** Waits for what is under way, which nobody else does. */
async function noticesOf({ server, mail }: Setup): Promise<readonly string[]> {
  await server.house.noticesSettled();
  return mail.letters.map(({ subject }) => subject);
}

async function auditOf({ server }: Setup): Promise<readonly AuditRecord[]> {
  const records = await server.house.stores.audit.list(0, 1000);
  return records.filter(({ act }) => act.startsWith('notice.'));
}

describe('an owner', () => {
  it('is told of a sign-in from a source the account does not know, and of no other', async () => {
    const setup = await setUp();

    await signIn(setup, setup.password, 1);
    await signIn(setup, setup.password, 1);
    await signIn(setup, setup.password, 2);
    await signIn(setup, setup.password, 2);

    expect(await noticesOf(setup)).toEqual(['Understudy: new sign-in']);
    expect(setup.mail.last().recipients).toEqual([setup.email]);
    expect(setup.mail.last().text).toBe(
      'Your account was signed in to at 2026-06-15 12:00 (Asia/Shanghai) from 127.0.0.2, which is new. If this was not you, change your password and contact us.',
    );
  });

  it('is told that the account was locked, once for a lock', async () => {
    const setup = await setUp();

    await lock(setup);
    await signIn(setup, setup.password);

    expect(await noticesOf(setup)).toEqual(['Understudy: account locked']);
    expect(setup.mail.last().text).toContain('locked at 2026-06-15 12:00 (Asia/Shanghai)');
  });

  it('is told that the password was changed, and by whatever way', async () => {
    const setup = await setUp();
    const { account, server } = setup;

    await setPassword(adminDeps(server.house))({ accountId: account.id, password: new Secret(aPassword()) });

    expect(await noticesOf(setup)).toEqual(['Understudy: password changed']);
  });

  it('is told that somebody who knew the password changed it', async () => {
    const setup = await setUp();
    const { id: appid, signature } = await setup.server.addApp();
    const body = { appid, signature, user: setup.email, pass: setup.password, new_pass: aPassword() };

    await talk(setup.server.port, { path: '/api/user/new_pass', headers: JSON_HEADERS, body: JSON.stringify(body) });

    expect(await noticesOf(setup)).toEqual(['Understudy: password changed']);
  });

  it('is not told when the change was refused, or the secret was wrong', async () => {
    const setup = await setUp();
    const { account, server } = setup;

    const refused = setPassword(adminDeps(server.house))({ accountId: account.id, password: new Secret('short') });
    await expect(refused).rejects.toThrow('too short');
    await fail(setup, 4);

    expect(await noticesOf(setup)).toEqual([]);
  });

  it('is told nothing unless the operator wants it', async () => {
    const setup = await setUp({ settings: {} });

    await signIn(setup, setup.password, 1);
    await signIn(setup, setup.password, 2);
    await lock(setup, 3);

    expect([await noticesOf(setup), await auditOf(setup)]).toEqual([[], []]);
  });

  it('is told no more than so many a day of each kind, and again the day after', async () => {
    const setup = await setUp({ settings: { ...ALL, 'notices.perDay': 2 } });

    await signInFrom(setup, [1, 2, 3, 4, 5]);
    const first = await noticesOf(setup);
    setup.server.clock.advance('1d');
    await signIn(setup, setup.password, 6);

    expect([first.length, (await noticesOf(setup)).length]).toEqual([2, 3]);
  });

  it('who was flooded with locks is still told of the sign-in that followed', async () => {
    const setup = await setUp({ settings: { ...ALL, 'notices.perDay': 1 } });
    await signIn(setup, setup.password, 1);

    await lock(setup, 2);
    setup.server.clock.advance('2m');
    await signIn(setup, setup.password, 2);

    expect(await noticesOf(setup)).toEqual(['Understudy: account locked', 'Understudy: new sign-in']);
  });
});

describe('a notice', () => {
  it('R-89 holds no secret, and leaves a trace without the address', async () => {
    const setup = await setUp();

    await signIn(setup, setup.password, 1);
    const heard = await signIn(setup, setup.password, 2);
    await noticesOf(setup);

    const { token } = JSON.parse(heard.body) as { readonly token: string };
    expect(setup.mail.last().raw).not.toContain(setup.password);
    expect(setup.mail.last().raw).not.toContain(token);
    expect(await auditOf(setup)).toEqual([
      {
        id: expect.any(Number) as number,
        at: setup.server.clock.now(),
        act: 'notice.sent',
        outcome: 'success',
        reason: 'notice.new-source',
        accountId: setup.account.id,
        source: '127.0.0.2',
      },
    ]);
  });

  it('that cannot be sent troubles nobody, and is written down', async () => {
    const setup = await setUp({ mail: { refusesWith: { code: 550, text: 'no' } } });

    await signIn(setup, setup.password, 1);
    const heard = await signIn(setup, setup.password, 2);
    await noticesOf(setup);

    expect(heard.body).toContain('"token":"');
    expect(await auditOf(setup)).toMatchObject([
      { act: 'notice.failed', outcome: 'refused', reason: 'courier.failed notice.new-source' },
    ]);
  });

  it('keeps no sign-in waiting for a mail server that says nothing', async () => {
    const setup = await setUp({ mail: { isHolding: true }, settings: { ...ALL, 'couriers.timeoutMs': 60_000 } });

    await signIn(setup, setup.password, 1);
    const heard = await signIn(setup, setup.password, 2);
    const before = await auditOf(setup);
    await setup.mail.released();
    await noticesOf(setup);

    expect(heard.body).toContain('"token":"');
    expect([before.length, (await auditOf(setup)).map(({ act }) => act)]).toEqual([0, ['notice.sent']]);
  });

  it('goes to nobody who has proven no address', async () => {
    const setup = await setUp({ record: { email: null } });

    await signIn(setup, setup.password, 1);
    await signIn(setup, setup.password, 2);

    expect([await noticesOf(setup), await auditOf(setup)]).toEqual([[], []]);
  });

  it('R-75 does not go to an address that was never proven', async () => {
    const setup = await setUp();
    const { account, email, server } = setup;
    const identifier = { kind: 'email', key: email, shown: email, verifiedAt: null } as const;
    const audit = { at: server.clock.now(), act: 'account.add-identifier', outcome: 'success', source: 'cli' } as const;
    await server.house.stores.accounts.putIdentifier(account.id, identifier, audit);

    await signIn(setup, setup.password, 1);
    await signIn(setup, setup.password, 2);

    expect(await noticesOf(setup)).toEqual([]);
  });
});

describe('a sign-in with a made-up Host', () => {
  const HOST = 'Host: 127.0.0.1';

  it.each<[string, readonly string[], string]>([
    ['another host', ['Host: evil.example'], LOGIN],
    ['another host with a port', ['Host: evil.example:443'], LOGIN],
    ['our host with a foreign port', ['Host: 127.0.0.1:6666'], LOGIN],
    ['a user before the host', ['Host: evil.example@127.0.0.1'], LOGIN],
    ['a host below the foreign one', ['Host: 127.0.0.1.evil.example'], LOGIN],
    ['two hosts', [HOST, 'Host: evil.example'], LOGIN],
    ['an absolute address', [HOST], `http://evil.example${LOGIN}`],
    ['X-Forwarded-Host', [HOST, 'X-Forwarded-Host: evil.example'], LOGIN],
    ['X-Forwarded-Server', [HOST, 'X-Forwarded-Server: evil.example'], LOGIN],
    ['X-Host and X-Original-Host', [HOST, 'X-Host: evil.example', 'X-Original-Host: evil.example'], LOGIN],
    ['Forwarded', [HOST, 'Forwarded: for=192.0.2.1;host=evil.example;proto=https'], LOGIN],
    ['Origin and Referer', [HOST, 'Origin: https://evil.example', 'Referer: https://evil.example/'], LOGIN],
  ])('R-72 sends no letter that names it: %s', async (_, headers, path) => {
    const setup = await setUp();
    await signIn(setup, setup.password, 9);

    const body = asking(setup, setup.password);
    const json = ['Content-Type: application/json', `Content-Length: ${body.length}`];
    const head = [`POST ${path} HTTP/1.1`, ...headers, ...json, 'Connection: close'];
    const heard = await talkRaw(setup.server.port, `${head.join('\r\n')}\r\n\r\n${body}`, 20_000);
    const subjects = await noticesOf(setup);

    expect(subjects.length === 1).toBe(heard.text.includes('"token":"'));
    expect(setup.mail.letters.map(({ raw }) => raw).join('\n')).not.toMatch(/evil\.example|6666|:\/\//);
  });
});
