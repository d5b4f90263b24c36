// Reading the configuration: which origin counts, what is refused, and how a refusal is worded.
import { writeFileSync } from 'node:fs';

import { file, inFreshFolders, load, problemsOf } from '#tests/support/configuration';
import { describe, expect, it } from 'vitest';

import { ConfigError } from './config-error.ts';
import { extraDialectsOf, withPort } from './load-config.ts';

inFreshFolders();

describe('a configuration nobody has touched', () => {
  it('listens on a loopback address and keeps its data beside it', () => {
    const config = load();

    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      dataDir: './data',
      databaseUrl: 'sqlite:data/understudy.db',
      trustedProxies: [],
      insecureHttp: false,
      timeZone: 'Asia/Shanghai',
      drainSeconds: 25,
    });
  });

  it('R-11 hashes at the floor of Argon2id and bounds the queue', () => {
    const { kdf } = load();

    expect(kdf).toEqual({
      memoryKiB: 19_456,
      passes: 2,
      lanes: 1,
      concurrency: 0,
      queue: 256,
      waitMs: 1000,
      niceness: 10,
    });
  });

  it('bounds requests as the safe defaults say', () => {
    const { http } = load();

    expect(http).toMatchObject({
      bodyBytes: 65_536,
      urlBytes: 8192,
      fields: 64,
      depth: 4,
      headersTimeoutMs: 8000,
      requestTimeoutMs: 15_000,
      keepAliveMs: 5000,
      maxRequestsPerSocket: 1000,
    });
  });

  it('gives every dialect the defaults of its own schema', () => {
    const { dialects } = load();

    expect(dialects).toEqual({
      weidu: { policy: 'documented', origins: [], cookie: { prefix: '' }, types: ['sms'], apiSecret: '' },
    });
  });
});

describe('a setting that is given in several places', () => {
  it('counts as the flag says, then the variable, then the file', () => {
    writeFileSync(file, 'port = 3\ndrainSeconds = 3\ntimeZone = "Europe/Oslo"');

    const config = load({ flags: { port: '1' }, env: { UNDERSTUDY_PORT: '2', UNDERSTUDY_DRAIN_SECONDS: '2' }, file });

    expect([config.port, config.drainSeconds, config.timeZone]).toEqual([1, 2, 'Europe/Oslo']);
  });

  it('ignores flags that were not given', () => {
    const config = load({ flags: { port: undefined, host: undefined } });

    expect(config.port).toBe(8080);
  });
});

describe('the configuration file', () => {
  it('is understudy.toml in the working directory unless another one is named', () => {
    writeFileSync('understudy.toml', 'port = 1');
    writeFileSync(file, 'port = 2');

    const ports = [load(), load({ file }), load({ env: { UNDERSTUDY_CONFIG: file } })].map(({ port }) => port);

    expect(ports).toEqual([1, 2, 2]);
  });

  it('has a table for each section, also inside a dialect', () => {
    writeFileSync(
      file,
      '[kdf]\nqueue = 9\n[budgets.source]\nfailures = 50\n[dialects.weidu]\npolicy = "strict"\ncookie.prefix = "x"',
    );

    const config = load({ file });

    expect(config.kdf.queue).toBe(9);
    expect(config.budgets.source).toMatchObject({ failures: 50, windowSeconds: 900 });
    expect(config.dialects['weidu']).toMatchObject({ policy: 'strict', cookie: { prefix: 'x' } });
  });

  it.each([
    { name: 'a misspelt key', toml: 'prot = 1', problem: 'prot (FILE): there is no such setting; did you mean port?' },
    {
      name: 'a misspelt key of a table',
      toml: '[kdf]\nqeue = 1',
      problem: 'kdf.qeue (FILE): there is no such setting; did you mean kdf.queue?',
    },
    { name: 'an unknown table', toml: '[oidc]\nissuer = "x"', problem: 'oidc (FILE): there is no such setting' },
    {
      name: 'an unknown dialect',
      toml: '[dialects.widu]\npolicy = "strict"',
      problem: 'dialects.widu (FILE): there is no such setting',
    },
    { name: 'a setting where a table is due', toml: 'kdf = 1', problem: 'kdf (FILE): there is no such setting' },
    {
      name: 'a text where a number is due',
      toml: 'port = "8080"',
      problem: 'port (FILE): must be a whole number from 0 to 65535',
    },
    {
      name: 'an unknown choice',
      toml: '[dialects.weidu]\npolicy = "lax"',
      problem: 'dialects.weidu.policy (FILE): must be one of documented, strict',
    },
    {
      name: 'no TOML at all',
      toml: 'port = = 1\ntoken = "canary"',
      problem: 'FILE (file): is no proper TOML: line 1, column 8',
    },
  ])('is refused for $name', ({ toml, problem }) => {
    writeFileSync(file, toml);

    const problems = problemsOf({ file });

    expect(problems).toEqual([problem.replace('FILE', file)]);
  });

  it('is refused when it is named and not there', () => {
    const problems = problemsOf({ file: 'nowhere.toml' });

    expect(problems).toEqual(['nowhere.toml (file): there is no such file']);
  });
});

describe('variables', () => {
  it('carry lists between commas and yes or no in several spellings', () => {
    const env = {
      UNDERSTUDY_TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,',
      UNDERSTUDY_INSECURE_HTTP: '1',
      UNDERSTUDY_DIALECTS_WEIDU_ORIGINS: '',
      UNDERSTUDY_DIALECTS_WEIDU_TYPES: 'email,sms',
    };

    const config = load({ env });

    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    expect(config.insecureHttp).toBe(true);
    expect(config.dialects['weidu']).toMatchObject({ origins: [], types: ['email', 'sms'] });
  });

  it('may belong to somebody else', () => {
    const problems = problemsOf({ env: { PATH: '/bin', UNDERSTUDY: 'x', UNDERSTUDY_KEYS: '{}' } });

    expect(problems).toEqual([]);
  });

  it.each([
    {
      env: { UNDERSTUDY_PROT: '1' },
      problem: 'UNDERSTUDY_PROT (UNDERSTUDY_PROT): there is no such setting; did you mean UNDERSTUDY_PORT?',
    },
    {
      env: { UNDERSTUDY_DIALECTS_WEIDU_TYPES: 'pigeon' },
      problem: 'dialects.weidu.types (UNDERSTUDY_DIALECTS_WEIDU_TYPES): must be a list of any of sms, email',
    },
    { env: { UNDERSTUDY_PORT: '' }, problem: 'port (UNDERSTUDY_PORT): must be a whole number from 0 to 65535' },
    { env: { UNDERSTUDY_PORT: '0x50' }, problem: 'port (UNDERSTUDY_PORT): must be a whole number from 0 to 65535' },
    { env: { UNDERSTUDY_PORT: '80.5' }, problem: 'port (UNDERSTUDY_PORT): must be a whole number from 0 to 65535' },
    {
      env: { UNDERSTUDY_INSECURE_HTTP: 'maybe' },
      problem: 'insecureHttp (UNDERSTUDY_INSECURE_HTTP): must be true or false',
    },
    {
      env: { UNDERSTUDY_LOG_LEVEL: 'loud' },
      problem: 'log.level (UNDERSTUDY_LOG_LEVEL): must be one of fatal, error, warn, info, debug, trace, silent',
    },
  ])('are refused: $problem', ({ env, problem }) => {
    const problems = problemsOf({ env });

    expect(problems).toEqual([problem]);
  });
});

describe('a configuration with several mistakes', () => {
  it('names all of them at once, each with its place', () => {
    writeFileSync(file, 'drainSeconds = -1');

    const problems = problemsOf({ flags: { port: 'x' }, env: { UNDERSTUDY_PASSWORD_MIN: '7' }, file });

    expect(problems).toEqual([
      'port (--port): must be a whole number from 0 to 65535',
      `drainSeconds (${file}): must be a whole number from 0 to 300`,
      'password.min (UNDERSTUDY_PASSWORD_MIN): must be a whole number from 8 to 64',
    ]);
  });

  it('does not quote the values, which may be secrets', () => {
    const problems = problemsOf({ env: { UNDERSTUDY_METRICS_PORT: 'canary', UNDERSTUDY_METRICS_TOKN: 'canary' } });

    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('canary');
  });
});

describe('what follows from other settings', () => {
  it.each([
    { flags: { host: '::1', port: 1 }, publicUrl: 'http://[::1]:1' },
    { flags: { 'tls.cert': 'c', 'tls.key': 'k' }, publicUrl: 'https://127.0.0.1:8080' },
    { flags: { publicUrl: 'https://login.example/base/' }, publicUrl: 'https://login.example/base' },
  ])('is the outside address $publicUrl', ({ flags, publicUrl }) => {
    const config = load({ flags });

    expect(config.publicUrl).toBe(publicUrl);
  });

  it('is the database in the data folder', () => {
    const config = load({ flags: { dataDir: '/srv/understudy' } });

    expect(config.databaseUrl).toBe('sqlite:/srv/understudy/understudy.db');
  });

  it('is the port once it is known, also in an outside address made of it', () => {
    const own = load({ flags: { port: 0 } });
    const named = load({ flags: { port: 0, publicUrl: 'https://login.example' } });

    const configs = [withPort(own, 4711), withPort(named, 4711)];

    expect(configs.map(({ port, publicUrl }) => [port, publicUrl])).toEqual([
      [4711, 'http://127.0.0.1:4711'],
      [4711, 'https://login.example'],
    ]);
  });
});

describe('dialects from outside', () => {
  it('are known before their settings can be checked', () => {
    writeFileSync(file, 'extraDialects = ["./mine/index.ts"]\n[dialects.mine]\nany = 1');

    const modules = extraDialectsOf({ env: {}, file });

    expect(modules).toEqual(['./mine/index.ts']);
  });

  it('are refused when they are no list of names', () => {
    writeFileSync(file, 'extraDialects = "./mine"');

    const read = () => extraDialectsOf({ env: {}, file });

    expect(read).toThrow(new ConfigError([{ key: 'extraDialects', source: file, text: 'must be a list of texts' }]));
  });
});
