// The commands about accounts, apps, endpoints and sessions, run as an operator runs them.
import { describe, expect, it } from 'vitest';

import { CommandLine } from '../support/command-line.ts';
import { aMobile, anEmail, anIdNumber, aPassword, aUsername } from '../support/people.ts';
import { containing } from '../support/matchers.ts';

describe('looking after an account', () => {
  it('adds it and shows it, with the id number masked', async () => {
    const operator = new CommandLine();
    const idNumber = anIdNumber();
    const options = [
      '--username',
      'Ada',
      '--mobile',
      '13800138000',
      '--id-number',
      idNumber,
      '--aegisspeed-id',
      'new',
      '--role',
      '管理员',
    ];

    const added = await operator.addAccount(
      [...options, '--set', 'profile.nickname=Ada L.', '--set', 'attributes.nobase.exp=5'],
      aPassword(),
    );
    const shown = await operator.json(['account', 'show', 'id-number:' + idNumber]);

    expect(shown).toEqual({ ...added, budgets: [], knownSources: 0 });
    expect(shown).toMatchObject({
      realm: 'main',
      number: 1,
      status: 'active',
      identifiers: {
        username: { text: 'Ada' },
        mobile: { text: '+8613800138000' },
        aegisspeed_id: { text: 'ASD000001' },
        id_number: { text: `${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}` },
      },
      roles: ['管理员'],
      profile: { nickname: 'Ada L.' },
      attributes: { nobase: { exp: 5 } },
    });
  });

  it('R-94 never prints a whole id number, nor keeps one in its files', async () => {
    const operator = new CommandLine();
    const idNumber = anIdNumber();

    const runs = [
      await operator.run(['account', 'add', '--username', 'ada', '--id-number', idNumber, '--no-password']),
      await operator.run(['account', 'show', 'ada']),
      await operator.run(['account', 'list', '--json']),
      await operator.run(['account', 'add', '--id-number', idNumber, '--no-password']),
    ];

    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
    expect(runs.map(({ out, err }) => out + err).join('')).not.toContain(idNumber);
  });

  it('refuses what is taken, with exit code 1 and one line', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const again = await operator.run(['account', 'add', '--username', 'ADA', '--no-password']);

    expect(again).toEqual({
      code: 1,
      out: '',
      err: 'refused: The identifier is taken (username) [identifier.taken]\n',
    });
  });

  it('refuses an account nobody has', async () => {
    const operator = new CommandLine();

    const { code, err } = await operator.run(['account', 'show', 'nobody', '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(err)).toEqual({ error: { code: 'account.unknown', text: 'Account does not exist' } });
  });

  it('asks which account is meant when an identifier is of several', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--aegisspeed-id', 'ABC000001', '--no-password']);
    const bob = await operator.json(['account', 'add', '--username', 'bob', '--no-password']);
    await operator.json(['account', 'add-identifier', bob['id'] as string, 'email', 'bob@example.com']);

    const missing = await operator.run(['account', 'show', 'mobile:bob']);
    const found = await operator.json(['account', 'show', 'username:bob']);

    expect(missing.code).toBe(1);
    expect(found).toMatchObject({ id: bob['id'], identifiers: { email: { text: 'bob@example.com' } } });
  });

  it('lists in pages and searches', async () => {
    const operator = new CommandLine();
    for (const name of ['ada', 'bob', 'adam'])
      await operator.json(['account', 'add', '--username', name, '--no-password']);

    const first = await operator.json(['account', 'list', '--limit', '2']);
    const second = await operator.json(['account', 'list', '--limit', '2', '--after', first['next'] as string]);
    const found = await operator.json(['account', 'search', 'ada']);

    const names = ({ accounts }: { readonly accounts?: unknown }) =>
      (accounts as { identifiers: { username: { text: string } } }[]).map(
        ({ identifiers }) => identifiers.username.text,
      );
    expect([names(first), names(second), second['next']]).toEqual([['ada', 'bob'], ['adam'], null]);
    expect(names(found)).toEqual(['ada', 'adam']);
  });

  it('removes it', async () => {
    const operator = new CommandLine();
    await operator.json(['account', 'add', '--username', 'ada', '--no-password']);

    const removed = await operator.run(['account', 'remove', 'ada']);

    expect(removed.code).toBe(0);
    expect(await operator.json(['account', 'list'])).toEqual({ accounts: [], next: null });
  });
});

describe('working beside a running server', () => {
  it('R-97 changes passwords, status and sessions at once', async () => {
    const operator = new CommandLine();
    const [username, first, second] = [aUsername(), aPassword(), aPassword()];
    const server = await operator.serve();

    await operator.addAccount(['--username', username], first);
    const before = await server.signsIn(username, first);
    await operator.json(['account', 'set-password', username, '--password-stdin'], second);
    const withOld = await server.signsIn(username, first);
    const withNew = await server.signsIn(username, second);
    const sessions = await operator.json(['session', 'list', username]);
    await operator.json(['account', 'disable', username]);
    const disabled = await server.signsIn(username, second);
    await operator.json(['account', 'enable', username]);
    const enabled = await server.signsIn(username, second);
    const ended = await operator.json(['session', 'revoke', username]);

    expect([before, withOld, withNew, disabled, enabled]).toEqual([true, false, true, false, true]);
    expect(sessions['sessions']).toHaveLength(1);
    expect(ended).toEqual({ ended: 1 });
  });

  it('unlocks an account that was guessed at', async () => {
    const operator = new CommandLine({ UNDERSTUDY_DIALECTS_WEIDU_CAPTCHA: 'never' });
    const [username, password] = [aUsername(), aPassword()];
    await operator.addAccount(['--username', username], password);
    const server = await operator.serve();
    for (let guess = 0; guess < 5; guess += 1) await server.signsIn(username, `wrong guess ${guess}`);

    const locked = await server.signsIn(username, password);
    await operator.json(['account', 'unlock', username]);

    expect(locked).toBe(false);
    expect(await server.signsIn(username, password)).toBe(true);
  });

  it('explains a refusal by its support code', async () => {
    const operator = new CommandLine();
    const { id } = await operator.addAccount(['--username', 'ada'], aPassword());
    const server = await operator.serve();
    const login = { method: 'POST', body: JSON.stringify({ login_id: 'ada', password: 'a wrong password' }) };

    const refused = await fetch(`${await server.isListening()}/weidu/api/v1/users/login`, login);
    const explained = await operator.json([
      'explain',
      ` ${refused.headers.get('x-support-code')?.toUpperCase() ?? ''} `,
    ]);

    expect(explained).toMatchObject({
      decision: { refusal: 'credentials.mismatch', count: 1, source: '127.0.0.1', endpoint: 'weidu.login' },
      audit: [{ outcome: 'refused', reason: 'credentials.mismatch', accountId: id, endpoint: 'weidu.login' }],
      advice: containing('understudy account set-password'),
    });
    expect(await operator.run(['explain', 'nothing'])).toMatchObject({ code: 1, out: containing('the log') });
  });

  it('gives roles an endpoint asks for', async () => {
    const operator = new CommandLine();
    const password = aPassword();
    await operator.addAccount(['--aegisspeed-id', 'ASD00000A'], password);
    const server = await operator.serve();
    const login = async () =>
      (
        await server.post('/user/login/login_admin_info_by_aegisspeed_id', {
          user_AegisSpeed_id: 'ASD00000A',
          user_password: password,
        })
      )['code'];

    const before = await login();
    await operator.json(['account', 'grant', 'asd00000a', '管理员']);
    const granted = await login();
    await operator.json(['account', 'ungrant', 'asd00000a', '管理员']);

    expect([before, granted, await login()]).toEqual(['10007', '10000', '10007']);
  });

  it('closes and opens an endpoint', async () => {
    const operator = new CommandLine();
    const server = await operator.serve();
    const text = async () =>
      (await server.post('/user/login/login_user_info', { user_id: anIdNumber(), user_password: 'x' }))['code'];

    await operator.json(['endpoint', 'close', 'aegisspeed.login']);
    await expect.poll(text).toBe('10003');
    await operator.json(['endpoint', 'open', 'aegisspeed.login']);

    await expect.poll(text).toBe('10002');
    expect(await operator.run(['endpoint', 'close', 'aegisspeed.logon'])).toMatchObject({
      code: 1,
      err: containing('endpoint.unknown'),
    });
  });

  it('switches the token check of an app', async () => {
    const operator = new CommandLine();
    await operator.json(['app', 'add', 'lax', '--no-token-check']);
    const strict = await operator.json(['app', 'token-check', 'lax', 'on']);
    const lax = await operator.json(['app', 'token-check', 'lax', 'off']);

    expect([strict, lax]).toMatchObject([{ demandsToken: true }, { demandsToken: false }]);
  });

  it('registers an app, rotates its signature and stops it', async () => {
    const operator = new CommandLine();
    const [username, password] = [aUsername(), aPassword()];
    await operator.addAccount(['--username', username, '--email', anEmail(), '--mobile', aMobile()], password);
    const server = await operator.serve();
    const login = async (signature: unknown) =>
      server.post('/api/user/login', { appid: 'shop', user: username, pass: password, signature });

    const { signature } = await operator.json(['app', 'add', 'shop', '--origin', 'https://shop.example.com']);
    const first = await login(signature);
    const rotated = await operator.json(['app', 'rotate-signature', 'shop']);
    await expect.poll(async () => (await login(rotated['signature']))['code']).toBe(200);
    const inGrace = await login(signature);
    await operator.json(['app', 'stop', 'shop']);

    await expect.poll(async () => (await login(rotated['signature']))['code']).toBe(400);
    expect([first['code'], inGrace['code']]).toEqual([200, 200]);
    expect(await operator.json(['app', 'list'])).toMatchObject({
      apps: [{ id: 'shop', isStopped: true, origins: ['https://shop.example.com'] }],
    });
  });
});
