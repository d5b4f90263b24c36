// Which rows may be sealed, and what the hash of a segment depends on.
import { describe, expect, it } from 'vitest';
import { digestsWith, Keyring } from '#crypto';
import { GENESIS, hashOf, sealable, segmentOf } from './audit-chain.ts';
import type { AuditRecord } from './audit-entry.ts';

const NOW = Date.UTC(2026, 4, 1, 8);
const SECOND = 1000;
const DAY = 86_400_000;

const row = (id: number, secondsAgo = 3600): AuditRecord => ({
  id,
  at: NOW - secondsAgo * SECOND,
  act: 'account.create',
  outcome: 'success',
  source: 'cli',
});

const sealed = (rows: readonly AuditRecord[], after = 0): readonly number[] =>
  sealable(rows, { after, now: NOW }).map(({ id }) => id);

describe('choosing what to seal', () => {
  it('leaves the last seconds alone', () => {
    expect(sealed([row(1), row(2, 11), row(3, 9), row(4, 30)])).toEqual([1, 2]);
  });

  it('waits a minute for a number that is missing, and no longer', () => {
    expect(sealed([row(1), row(3, 59)])).toEqual([1]);
    expect(sealed([row(1), row(3, 61), row(4, 59)])).toEqual([1, 3, 4]);
    expect(sealed([row(8, 30)], 6)).toEqual([]);
  });

  it('puts no more than a day into one segment, whichever way the clock went', () => {
    expect(sealed([row(1, (3 * DAY) / SECOND), row(2)])).toEqual([1]);
    expect(sealed([row(1), row(2, (3 * DAY) / SECOND)])).toEqual([1]);
  });

  it('takes five hundred at a time', () => {
    const rows = Array.from({ length: 501 }, (_, index) => row(index + 1));

    expect(sealed(rows)).toHaveLength(500);
  });
});

describe('hashing a segment', () => {
  const digests = digestsWith(Keyring.make());
  const rows = [row(1), row(2)];
  const segment = segmentOf(digests, GENESIS, rows);

  it('depends on every field of every row, their order, and the segment before', () => {
    const [first = row(1), second = row(2)] = rows;
    const others: readonly (readonly AuditRecord[])[] = [
      [second, first],
      [first],
      [first, second, row(3)],
      [{ ...first, id: 7 }, second],
      [{ ...first, at: first.at + 1 }, second],
      [{ ...first, act: 'account.remove' }, second],
      [{ ...first, outcome: 'refused' }, second],
      [{ ...first, reason: '' }, second],
      [{ ...first, accountId: 'another' }, second],
      [{ ...first, actorId: 'another' }, second],
      [{ ...first, source: '192.0.2.1' }, second],
      [{ ...first, dialect: 'weidu' }, second],
      [{ ...first, endpoint: 'weidu' }, second],
      [{ ...first, appId: 'weidu' }, second],
      [{ ...first, requestId: 'weidu' }, second],
    ];

    const hashes = others.map((each) => hashOf(digests, GENESIS.hash, { segment, rows: each }));
    const chained = segmentOf(digests, { number: 0, hash: 'another' }, rows).hash;

    expect(new Set([segment.hash, chained, ...hashes]).size).toBe(others.length + 2);
  });

  it('depends on the key', () => {
    const other = digestsWith(Keyring.make());

    expect(segmentOf(other, GENESIS, rows).hash).not.toBe(segment.hash);
  });
});
