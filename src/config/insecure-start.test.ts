// configurations a server must not start with.
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';

import { insecureStartReasons, type StartCircumstances } from './insecure-start.ts';
import { loadConfig } from './load-config.ts';

const nobase = { name: 'nobase', settings: Type.Object({ origins: Type.Array(Type.String(), { default: [] }) }) };

const QUIET: StartCircumstances = { isDemo: false, nodeEnv: 'production', files: [] };

function reasonsFor(flags: Readonly<Record<string, unknown>>, circumstances: Partial<StartCircumstances> = {}) {
  return insecureStartReasons(loadConfig({ flags, env: {}, dialects: [nobase] }), { ...QUIET, ...circumstances });
}

const TLS = { 'tls.cert': 'cert.pem', 'tls.key': 'key.pem' };
const PRINTING = { 'couriers.sms': 'log', 'couriers.development': true };
const PUBLIC = { publicUrl: 'https://login.example' };

describe('a server that would give accounts away', () => {
  it.each([
    { name: 'plain HTTP on every address', flags: { ...PUBLIC, host: '0.0.0.0' }, reason: /^host 0\.0\.0\.0 is open/ },
    { name: 'plain HTTP on every IPv6 address', flags: { ...PUBLIC, host: '::' }, reason: /^host :: is open/ },
    {
      name: 'plain HTTP on a network address',
      flags: { ...PUBLIC, host: '192.0.2.1' },
      reason: /^host 192\.0\.2\.1 is open/,
    },
    {
      name: 'plain HTTP behind a proxy that speaks no TLS',
      flags: { host: '127.0.0.1', trustedProxies: '127.0.0.1', publicUrl: 'http://login.example' },
      reason: /^publicUrl .* is plain HTTP/,
    },
    {
      name: 'a name that only looks like loopback',
      flags: { ...PUBLIC, host: 'localhost.example' },
      reason: /^host localhost\.example is open/,
    },
    { name: 'any origin', flags: { 'dialects.nobase.origins': '*' }, reason: /^dialects\.nobase\.origins/ },
    {
      name: 'the origin null',
      flags: { 'dialects.nobase.origins': 'https://a.example,null' },
      reason: /^dialects\.nobase\.origins/,
    },
    { name: 'a short token', flags: { 'metrics.token': 'x'.repeat(31) }, reason: /^metrics\.token is shorter/ },
    { name: 'a default token', flags: { 'metrics.token': 'changeme' }, reason: /^metrics\.token is shorter/ },
    { name: 'debug in production', flags: { 'log.level': 'debug' }, reason: /^log\.level debug/ },
    { name: 'trace in production', flags: { 'log.level': 'trace' }, reason: /^log\.level trace/ },
    { name: 'a short webhook secret', flags: { 'couriers.webhook.secret': 'x' }, reason: /^couriers\.webhook\.secret/ },
    { name: 'codes printed in production', flags: PRINTING, reason: /^couriers\.sms = log prints codes/ },
  ])('R-105 does not start: $name', ({ flags, reason }) => {
    const reasons = reasonsFor(flags);

    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(reason);
  });

  it.each([
    { name: 'keys others may read', file: { path: 'data/keys.json', mode: 0o100604 } },
    { name: 'a database others may read', file: { path: 'data/understudy.db', mode: 0o100644 } },
    { name: 'a database others may write', file: { path: 'data/understudy.db', mode: 0o100602 } },
  ])('R-105 does not start: $name', ({ file }) => {
    const reasons = reasonsFor({}, { files: [file] });

    expect(reasons).toEqual([`anybody on this machine may read or change ${file.path}; run: chmod 600 ${file.path}`]);
  });

  it('R-105 does not start: the demo beyond loopback, whatever else is allowed', () => {
    const reasons = reasonsFor({ host: '0.0.0.0', insecureHttp: true }, { isDemo: true });

    expect(reasons).toEqual(['host 0.0.0.0 is open to others; the demo runs on a loopback address only']);
  });

  it.each([
    { name: 'nobody has said that this is development', flags: { 'couriers.development': false } },
    { name: 'others can reach the server', flags: { ...TLS, host: '0.0.0.0', publicUrl: 'https://127.0.0.1' } },
    { name: 'others reach it through a proxy', flags: { ...PUBLIC, trustedProxies: '127.0.0.1' } },
  ])('R-105 does not print codes when $name', ({ flags }) => {
    const reasons = reasonsFor({ ...PRINTING, 'couriers.email': 'log', ...flags }, { nodeEnv: 'development' });

    expect(reasons.map((reason) => reason.slice(0, 20))).toEqual(['couriers.sms = log p', 'couriers.email = log']);
  });

  it('is told every reason at once', () => {
    const reasons = reasonsFor({ ...PUBLIC, host: '0.0.0.0', 'metrics.token': 'short', 'log.level': 'trace' });

    expect(reasons).toHaveLength(3);
  });
});

describe('a server that is safe', () => {
  it.each([
    { name: 'with the defaults', flags: {} },
    { name: 'on another loopback address', flags: { host: '127.8.9.1' } },
    { name: 'on IPv6 loopback', flags: { host: '::1' } },
    { name: 'on localhost', flags: { host: 'localhost' } },
    { name: 'with TLS of its own', flags: { ...TLS, host: '0.0.0.0' } },
    { name: 'behind a trusted proxy with TLS', flags: { ...PUBLIC, host: '0.0.0.0', trustedProxies: '10.0.0.0/8' } },
    { name: 'with plain HTTP its operator asked for', flags: { host: '0.0.0.0', insecureHttp: true } },
    { name: 'with named origins', flags: { 'dialects.nobase.origins': 'https://a.example' } },
    { name: 'with a long token', flags: { 'metrics.token': 'x'.repeat(32) } },
  ])('starts $name', ({ flags }) => {
    const reasons = reasonsFor(flags);

    expect(reasons).toEqual([]);
  });

  it('starts printing codes on a loopback address when its operator says that this is development', () => {
    expect(reasonsFor(PRINTING, { nodeEnv: undefined })).toEqual([]);
  });

  it('starts with debug outside production, and with files of its owner alone', () => {
    const files = [
      { path: 'data/keys.json', mode: 0o100600 },
      { path: 'data/understudy.db', mode: 0o100640 },
    ];

    const reasons = reasonsFor({ 'log.level': 'debug' }, { nodeEnv: undefined, files });

    expect(reasons).toEqual([]);
  });
});
