// Many refusals, few records: what a flood leaves behind, and what is still found in it.
import { describe, expect, it } from 'vitest';
import { anOperator } from '#tests/support/operator';
import type { TestClock } from '#tests/support/test-machine';
import type { Decision } from './decision.ts';
import { DecisionLog } from './decision-log.ts';
import type { DecisionNote, DecisionStore } from './decision-store.ts';

/** What the log wrote, and whether writing works. */
class WatchedStore {
  readonly written: (readonly DecisionNote[])[] = [];
  isBroken = false;
  readonly #store: DecisionStore;

  constructor(store: DecisionStore) {
    this.#store = store;
  }

  get records(): number {
    return this.written.flat().length;
  }

  get codes(): number {
    return this.written.flat().reduce((sum, { codes }) => sum + codes.length, 0);
  }

  async record(notes: readonly DecisionNote[]): Promise<void> {
    if (this.isBroken) throw new Error('the disk is full');
    this.written.push(notes);
    await this.#store.record(notes);
  }
}

interface Setting {
  readonly clock: TestClock;
  readonly log: DecisionLog;
  readonly store: DecisionStore;
  readonly watched: WatchedStore;
}

async function aLog(): Promise<Setting> {
  const { clock, deps } = await anOperator();
  const watched = new WatchedStore(deps.decisions);
  const log = new DecisionLog({ decisions: watched, clock, randomness: deps.randomness });
  return { clock, log, store: deps.decisions, watched };
}

const THROTTLED: Decision = {
  refusal: 'throttle.account',
  field: 'account',
  key: 'a digest',
  source: '192.0.2.1',
  dialect: 'weidu',
  endpoint: 'weidu.login',
};

describe('a flood of refusals that are alike', () => {
  it('becomes one record with a count, the instants, and the latest hundred codes', async () => {
    const { clock, log, store, watched } = await aLog();
    const begunAt = clock.now();
    for (let number = 1; number <= 250; number += 1) {
      log.note(THROTTLED, { code: `code-${number}`, retryAfterSeconds: 60 });
      if (number === 120) await log.flush();
    }
    clock.advance('1s');
    log.note(THROTTLED, { code: 'last', retryAfterSeconds: 59 });

    await log.flush();

    const found = await store.find('last');
    expect(found).toMatchObject({
      ...THROTTLED,
      count: 251,
      firstAt: begunAt,
      lastAt: clock.now(),
      retryAfterSeconds: 59,
    });
    expect([await store.find('code-152'), await store.find('code-151')]).toEqual([found, undefined]);
    expect(watched.records).toBe(2);
  });

  it('begins a new record after a minute', async () => {
    const { clock, log, store } = await aLog();
    log.note(THROTTLED, { code: 'early' });
    await log.flush();
    clock.advance('60s');
    log.note(THROTTLED, { code: 'late' });

    await log.flush();

    expect([await store.find('early'), await store.find('late')]).toMatchObject([{ count: 1 }, { count: 1 }]);
  });
});

describe('refusals that differ', () => {
  it('have a record each', async () => {
    const { log, store } = await aLog();
    const differing: readonly Decision[] = [
      THROTTLED,
      { ...THROTTLED, source: '192.0.2.2' },
      { ...THROTTLED, key: 'another digest' },
      { ...THROTTLED, refusal: 'server.busy' },
      { ...THROTTLED, forwardedBy: '10.0.0.1' },
    ];
    for (const [index, decision] of differing.entries()) log.note(decision, { code: `code-${index}` });

    await log.flush();

    const found = await Promise.all(differing.map((_, index) => store.find(`code-${index}`)));
    expect(found).toMatchObject(differing.map((decision) => ({ ...decision, count: 1 })));
    expect(new Set(found.map((each) => each?.id)).size).toBe(differing.length);
  });

  it('share a record without a source when there are more than can be told apart', async () => {
    const { log, store, watched } = await aLog();
    for (let number = 0; number < 5000; number += 1)
      log.note({ ...THROTTLED, source: `2001:db8:${number}::/64` }, { code: `code-${number}` });

    await log.flush();

    const last = await store.find('code-4999');
    expect(last).toMatchObject({ refusal: 'throttle.account', dialect: 'weidu', source: '*', count: 4000 });
    expect(last?.key).toBeUndefined();
    expect([watched.records, watched.codes]).toEqual([1001, 1100]);
  });
});

describe('a store that cannot be written to', () => {
  it('loses nothing that fits in memory, and counts nothing twice', async () => {
    const { log, store, watched } = await aLog();
    watched.isBroken = true;
    log.note(THROTTLED, { code: 'first' });
    await expect(log.flush()).rejects.toThrow('full');
    log.note(THROTTLED, { code: 'second' });
    watched.isBroken = false;

    await log.flush();

    expect([await store.find('first'), await store.find('second')]).toMatchObject([{ count: 2 }, { count: 2 }]);
  });
});
