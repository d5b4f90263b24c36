// SIGTERM under load: whoever was let in is served, whoever comes later is turned away in good order, and the process ends by itself.
import { setTimeout as pause } from 'node:timers/promises';

import { beforeEach, describe, expect, it } from 'vitest';

import { ChildServer, understudy } from '../support/child-server.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { newFolder, noteSecret } from '../support/run-folder.ts';
import { type Call, Load } from './load.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const HEALTH: Call = { method: 'GET', path: '/healthz', headers: {}, body: '' };
const BASE_COMMON: Call = { method: 'GET', path: '/api.php?s=base/common', headers: {}, body: '' };

let login: Call;
let check: Call;
let server: ChildServer;

beforeEach(async () => {
  const dataDir = newFolder('data');
  const [username, password] = [aUsername(), aPassword()];
  await understudy(['account', 'add', '--username', username, '--password-stdin'], { dataDir, input: password });
  const { out } = await understudy(['app', 'add', 'load', '--json'], { dataDir });
  const { signature } = JSON.parse(out) as { signature: string };
  noteSecret(signature);
  server = await ChildServer.start([], { dataDir });
  const authorization = `Basic ${Buffer.from(`load:${signature}`).toString('base64')}`;
  login = {
    method: 'POST',
    path: '/user/login',
    headers: FORM,
    body: new URLSearchParams({ accounts: username, pwd: password, type: 'username' }).toString(),
  };
  check = {
    method: 'POST',
    path: '/api/v1/tokens/introspect',
    headers: { ...FORM, authorization },
    body: 'token=0123456789abcdef0123456789abcdef',
  };
});

describe('stopping a server under load', () => {
  it('R-98 answers every request it has taken, cuts none short, and ends with 0', async () => {
    const load = new Load(server.port, [check, BASE_COMMON, check, HEALTH, check, login, check, check, check, check]);

    await load.begin(300);
    load.burst(login, 16);
    await pause(10);
    load.noteStop();
    const startedAt = performance.now();
    const { code, signal } = await server.stop();
    const tookMs = performance.now() - startedAt;
    const fates = await load.end();

    const unanswered = fates.filter(({ outcome }) => outcome !== 'answered');
    const answered = fates.filter(({ outcome, path }) => outcome === 'answered' && path !== HEALTH.path);
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(tookMs).toBeLessThan(30_000);
    expect(unanswered.filter(({ isEarlier }) => isEarlier)).toEqual([]);
    expect(unanswered.filter(({ outcome }) => outcome === 'cut')).toEqual([]);
    expect(unanswered.filter(({ error }) => error !== 'ECONNREFUSED' && error !== 'ECONNRESET')).toEqual([]);
    expect(unanswered.length).toBeGreaterThan(0);
    expect(server.log.filter(({ msg }) => msg === 'answered')).toHaveLength(answered.length);
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answered.length).toBeGreaterThan(200);
  });

  it('ends at once when nobody is there', async () => {
    const { code, err } = await server.stop();

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(server.log.at(-1)).toMatchObject({ msg: 'closed' });
  });
});
