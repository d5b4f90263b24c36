// A server that a mistake would make unsafe does not start, and says which setting is to blame.
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CommandLine, type Run } from '#tests/support/command-line';
import { matching } from '#tests/support/matchers';
import { newFolder } from '#tests/support/run-folder';
import { describe, expect, it, vi } from 'vitest';

/** Tries to serve on a port of the system's choice. Whatever is wrong, it ends by itself. */
const tryToServe = (
  env: Readonly<Record<string, string>>,
  words: readonly string[] = [],
  dataDir?: string,
): Promise<Run> => new CommandLine(env, dataDir).run(['serve', '--port', '0', ...words]);

/** A data folder with a store, keys and an account in it. */
async function aStore(): Promise<string> {
  const operator = new CommandLine();
  await operator.run(['account', 'add', '--username', 'somebody', '--no-password']);
  return operator.dataDir;
}

/** A run that ended in a refusal which names something. */
const refusal = (named: string | RegExp): object => ({ code: 1, out: '', err: matching(new RegExp(named)) });

interface BadStart {
  readonly what: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
  readonly named: RegExp;
}

const CLEAR = { UNDERSTUDY_PUBLIC_URL: 'http://login.example.org' };
const NO_FILES = { UNDERSTUDY_TLS_CERT: '/nonexistent/cert.pem', UNDERSTUDY_TLS_KEY: '/nonexistent/key.pem' };

// oxfmt-ignore
const BAD_STARTS: readonly BadStart[] = [
  { what: 'plain HTTP for everybody', words: ['--host', '0.0.0.0'], named: /host 0\.0\.0\.0/ },
  { what: 'plain HTTP for everybody by IPv6', words: ['--host', '::'], named: /host ::/ },
  { what: 'a public address in clear', env: CLEAR, named: /publicUrl/ },
  { what: 'a public address in clear behind a proxy', env: { ...CLEAR, UNDERSTUDY_TRUSTED_PROXIES: '10.0.0.0/8' }, named: /publicUrl/ },
  { what: 'a demo for everybody', words: ['--demo', '--host', '0.0.0.0', '--insecure-http'], named: /demo/ },
  { what: 'pages of any origin', env: { UNDERSTUDY_DIALECTS_NOBASE_ORIGINS: '*' }, named: /dialects\.nobase\.origins/ },
  { what: 'pages without an origin', env: { UNDERSTUDY_DIALECTS_WEIDU_ORIGINS: 'null' }, named: /dialects\.weidu\.origins/ },
  { what: 'a short metrics token', env: { UNDERSTUDY_METRICS_TOKEN: 'changeme' }, named: /metrics\.token/ },
  { what: 'a talkative log in production', env: { UNDERSTUDY_LOG_LEVEL: 'debug', NODE_ENV: 'production' }, named: /log\.level/ },
  { what: 'too little memory for a hash', env: { UNDERSTUDY_KDF_MEMORY_KIB: '4096' }, named: /kdf\.memoryKiB/ },
  { what: 'too few passes for a hash', env: { UNDERSTUDY_KDF_PASSES: '1' }, named: /kdf\.passes/ },
  { what: 'short passwords', env: { UNDERSTUDY_PASSWORD_MIN: '4' }, named: /password\.min/ },
  { what: 'a thousand guesses', env: { UNDERSTUDY_BUDGETS_ACCOUNT_FAILURES: '1000' }, named: /budgets\.account\.failures/ },
  { what: 'half a certificate', env: { UNDERSTUDY_TLS_CERT: '/etc/hostname' }, named: /tls\.key/ },
  { what: 'a certificate that is not there', env: NO_FILES, named: /\/nonexistent\/cert\.pem|tls\.cert/ },
  { what: 'a proxy nobody can be', env: { UNDERSTUDY_TRUSTED_PROXIES: 'everybody' }, named: /trustedProxies/ },
  { what: 'a setting with a slip of the pen', env: { UNDERSTUDY_HTTP_BODYBYTES: '1' }, named: /UNDERSTUDY_HTTP_BODYBYTES/ },
];

describe('a configuration that gives accounts away', () => {
  it.each(BAD_STARTS)('R-105 does not start: $what', async ({ env = {}, words = [], named }) => {
    expect(await tryToServe(env, words)).toMatchObject(refusal(named));
  });
});

describe('files that anybody may read or change', () => {
  it.each(['keys.json', 'understudy.db'])('R-105 keep the server from starting: %s', async (name) => {
    const dataDir = await aStore();
    chmodSync(join(dataDir, name), 0o644);

    expect(await tryToServe({}, [], dataDir)).toMatchObject(refusal(name));
  });

  it('R-105 keep the server from starting: a configuration with a secret in it', async () => {
    const file = join(newFolder('data'), 'understudy.toml');
    writeFileSync(file, `[metrics]\ntoken = "${'x'.repeat(40)}"\n`, { mode: 0o644 });

    expect(await tryToServe({}, ['--config', file])).toMatchObject(refusal('understudy.toml'));
  });
});

describe('keys from the environment', () => {
  it.each(['secret', 'x'.repeat(64), '{}', '{"version":1}'])(
    'R-105 keep the server from starting when they are no keys: %j',
    async (keys) => {
      vi.stubEnv('UNDERSTUDY_KEYS', keys);

      expect(await tryToServe({})).toMatchObject(refusal(/key/i));
    },
  );
});

describe('keys that do not belong to the store', () => {
  it('R-105 keep the server from starting when they are gone, and no new ones are made', async () => {
    const dataDir = await aStore();
    rmSync(join(dataDir, 'keys.json'));

    const first = await tryToServe({}, [], dataDir);
    const second = await tryToServe({}, [], dataDir);

    expect([first, second]).toMatchObject([refusal('keys'), refusal('keys')]);
  });

  it('R-105 keep the server from starting when they are another store’s', async () => {
    const [dataDir, other] = [await aStore(), await aStore()];
    copyFileSync(join(other, 'keys.json'), join(dataDir, 'keys.json'));

    expect(await tryToServe({}, [], dataDir)).toMatchObject(refusal('keys'));
  });
});
