// What the server does every minute, on a clock and timers that a test moves.
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { verifyAudit } from '#core';
import { anOperator } from '#tests/support/operator';

import { startChores } from './chores.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('a minute on a server', () => {
  it('seals the audit trail, and says in the log up to where', async () => {
    const { clock, house } = await anOperator();
    const { audit } = house.stores;
    const lines: string[] = [];
    await audit.append([{ at: clock.now(), act: 'account.create', outcome: 'success', source: 'cli' }]);
    const stop = startChores(house, pino({ base: null }, { write: (line) => void lines.push(line) }));
    clock.advance('1m');

    vi.advanceTimersByTime(60_000);
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
    stop();

    const { head, ...verdict } = await verifyAudit({ audit, digests: house.digests })();
    expect(verdict).toMatchObject({ sealed: 1, unsealed: 0, problems: [] });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      head: `1:${head.hash}`,
      msg: 'sealed the audit trail',
    });
  });

  it('says so in the log when the trail cannot be sealed', async () => {
    const { clock, house } = await anOperator();
    const { audit } = house.stores;
    const segment = { number: 1, firstId: 1, lastId: 1, count: 1, firstAt: 0, lastAt: 0, hash: 'forged' };
    await audit.append([{ at: clock.now(), act: 'account.create', outcome: 'success', source: 'cli' }]);
    await audit.seal({ after: 0, segment, head: { number: 1, lastId: 1, hash: 'forged', seal: 'forged' } });
    const lines: string[] = [];
    const stop = startChores(house, pino({ base: null }, { write: (line) => void lines.push(line) }));

    vi.advanceTimersByTime(60_000);
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1);
    stop();

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'sealing failed', level: 50 });
  });
});
