// Values a configuration may not have: outside their range, or at odds with one another.

import { inFreshFolders, problemsOf } from '#tests/support/configuration';
import { describe, expect, it } from 'vitest';

inFreshFolders();

describe('values outside their hard range', () => {
  it.each([
    { env: { UNDERSTUDY_PASSWORD_MIN: '7' } },
    { env: { UNDERSTUDY_PASSWORD_MAX: '63' } },
    { env: { UNDERSTUDY_PASSWORD_MAX: '1025' } },
    { env: { UNDERSTUDY_KDF_MEMORY_KIB: '19455' } },
    { env: { UNDERSTUDY_KDF_PASSES: '1' } },
    { env: { UNDERSTUDY_KDF_LANES: '0' } },
    { env: { UNDERSTUDY_BUDGETS_ACCOUNT_FAILURES: '11' } },
    { env: { UNDERSTUDY_BUDGETS_ACCOUNT_FAILURES: '0' } },
    { env: { UNDERSTUDY_BUDGETS_KNOWN_FAILURES_IN_A_ROW: '101' } },
    { env: { UNDERSTUDY_HTTP_BODY_BYTES: '99999999' } },
  ])('R-11 R-31 are refused: $env', ({ env }) => {
    const problems = problemsOf({ env });

    expect(problems).toHaveLength(1);
  });
});

describe('settings that do not fit one another', () => {
  it.each([
    { flags: { publicUrl: 'ftp://x' }, key: 'publicUrl' },
    { flags: { publicUrl: 'https://u:p@x' }, key: 'publicUrl' },
    { flags: { publicUrl: 'https://x/?a' }, key: 'publicUrl' },
    { flags: { host: 'a b', publicUrl: 'https://x' }, key: 'host' },
    { flags: { dataDir: '', databaseUrl: 'sqlite:x' }, key: 'dataDir' },
    { flags: { databaseUrl: 'understudy.db' }, key: 'databaseUrl' },
    { flags: { databaseUrl: 'mysql://host/understudy' }, key: 'databaseUrl' },
    { flags: { databaseUrl: 'postgres://host' }, key: 'databaseUrl' },
    { flags: { databaseUrl: 'postgres://host/understudy?password=secret' }, key: 'databaseUrl' },
    { flags: { timeZone: 'Mars/One' }, key: 'timeZone' },
    { flags: { trustedProxies: ['10.0.0.0/33'] }, key: 'trustedProxies' },
    { flags: { trustedProxies: ['proxy.example'] }, key: 'trustedProxies' },
    { flags: { 'tls.cert': 'c.pem' }, key: 'tls.key' },
    { flags: { port: 9000, 'metrics.port': 9000 }, key: 'metrics.port' },
    { flags: { 'password.min': 16 }, key: 'password.operatorMin' },
    { flags: { 'http.headersTimeoutMs': 20_000 }, key: 'http.requestTimeoutMs' },
    { flags: { 'challenges.kinds': ['hosted'] }, key: 'challenges.kinds' },
    { flags: { 'challenges.hosted.siteKey': 'site' }, key: 'challenges.hosted.secret' },
    { flags: { 'challenges.hosted.url': 'http://provider.example/verify' }, key: 'challenges.hosted.url' },
    { flags: { 'challenges.hosted.url': 'provider' }, key: 'challenges.hosted.url' },
    { flags: { 'budgets.account.longestWaitSeconds': 59 }, key: 'budgets.account.longestWaitSeconds' },
  ])('are refused: $flags', ({ flags, key }) => {
    const problems = problemsOf({ flags });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([key]);
  });
});
