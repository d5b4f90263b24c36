// What monitoring and the log say about the hash queue.
import { readFileSync } from 'node:fs';

import { openPasswordPool } from '#crypto';
import { startServer } from '#tests/support/server';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';

import { measuringPasswords } from './password-metrics.ts';

const ARGON2 = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** The values of one metric, by their labels. */
async function valuesOf(registry: Registry, name: string): Promise<Record<string, number | string>> {
  const text = await registry.metrics();
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return Object.fromEntries(lines.map((line) => line.slice(name.length).split(' ') as [string, string]));
}

describe('the figures of the pool', () => {
  it('R-102 show by line who waits, was let in and was turned away, as it is now', async () => {
    const pool = openPasswordPool({ argon2: ARGON2, concurrency: 1, queue: 1, waitMs: 60_000 });
    const registry = new Registry();
    measuringPasswords(pool, registry);
    const stranger = { source: '192.0.2.1', isForOperators: false, isGone: () => false };

    const inside = await Promise.all(Array.from({ length: 5 }, () => pool.enter()));
    const waiting = pool.enter(stranger);
    await pool.enter(stranger).catch(() => undefined);
    const entries = await valuesOf(registry, 'understudy_password_entries');
    for (const place of inside) place.leave();
    (await waiting).leave();
    await pool.close();

    expect(entries).toEqual({
      '{standing="known",of="waiting"}': '0',
      '{standing="operator",of="waiting"}': '0',
      '{standing="stranger",of="waiting"}': '1',
      '{standing="known",of="admitted"}': '5',
      '{standing="operator",of="admitted"}': '0',
      '{standing="stranger",of="admitted"}': '0',
      '{standing="known",of="refused"}': '0',
      '{standing="operator",of="refused"}': '0',
      '{standing="stranger",of="refused"}': '1',
    });
  });

  it('show how many sign-ins a second are safe', async () => {
    const pool = openPasswordPool({ argon2: ARGON2, concurrency: 1, queue: 1, waitMs: 60_000 });
    const registry = new Registry();
    measuringPasswords(pool, registry);

    await pool.warmUp();
    const shown = await valuesOf(registry, 'understudy_safe_logins_per_second ');
    const { safePerSecond } = pool.stats();
    await pool.close();

    expect(Object.keys(shown)).toEqual([String(safePerSecond)]);
    expect(safePerSecond).toBeGreaterThan(0);
  });
});

describe('a server that starts', () => {
  it('says how many sign-ins a second are safe', async () => {
    const server = await startServer({ settings: { 'kdf.concurrency': 1 } });
    const { threads, safeLoginsPerSecond } = JSON.parse(
      readFileSync(server.logFile, 'utf8')
        .split('\n')
        .find((line) => line.includes('passwords can be hashed')) ?? '{}',
    ) as { threads?: number; safeLoginsPerSecond?: number };
    await server.close();

    expect(threads).toBe(1);
    expect(safeLoginsPerSecond).toBeGreaterThan(0);
  });
});
