// The trail from the first row to the last that is dropped, on a store in memory.
import { describe, expect, it } from 'vitest';
import { anOperator } from '#tests/support/operator';
import type { TestClock } from '#tests/support/test-machine';
import type { AuditChainDeps } from './audit-ends.ts';
import { dropAudit } from './drop-audit.ts';
import { readAudit } from './read-audit.ts';
import { sealAudit } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

interface Trail extends AuditChainDeps {
  readonly clock: TestClock;
  /** Writes so many rows now. */
  write(rows: number): Promise<void>;
}

async function aTrail(): Promise<Trail> {
  const { clock, deps } = await anOperator();
  const { audit, digests } = deps;
  const write = async (rows: number): Promise<void> =>
    audit.append(
      Array.from({ length: rows }, () => ({
        at: clock.now(),
        act: 'account.create',
        outcome: 'success',
        source: 'cli',
      })),
    );
  return { audit, clock, digests, write };
}

/** Writes rows on so many days and seals each day's. */
async function severalDays(days: number): Promise<Trail> {
  const trail = await aTrail();
  for (let day = 0; day < days; day += 1) {
    await trail.write(3);
    trail.clock.advance('1d');
    await sealAudit(trail)();
  }
  return trail;
}

describe('sealing the trail', () => {
  it('makes segments of five hundred, one onto the other, and leaves what is young', async () => {
    const trail = await aTrail();
    await trail.write(1200);
    trail.clock.advance('11s');
    await trail.write(5);

    const newest = await sealAudit(trail)();

    expect(newest).toMatchObject({ number: 3, count: 200, firstId: 1001, lastId: 1200 });
    expect(await verifyAudit(trail)()).toMatchObject({ segments: 3, sealed: 1200, unsealed: 5, problems: [] });
  });

  it('makes one chain though four seal at once', async () => {
    const trail = await aTrail();
    await trail.write(1200);
    trail.clock.advance('11s');

    await Promise.all(Array.from({ length: 4 }, () => sealAudit(trail)()));
    await sealAudit(trail)();

    expect(await verifyAudit(trail)()).toMatchObject({ segments: 3, sealed: 1200, unsealed: 0, problems: [] });
  });

  it('makes nothing of nothing', async () => {
    const trail = await aTrail();

    expect(await sealAudit(trail)()).toBeUndefined();
    expect(await verifyAudit(trail)()).toMatchObject({ segments: 0, unsealed: 0, problems: [] });
  });
});

describe('dropping old segments', () => {
  it('drops whole segments, oldest first, and the rest still verifies', async () => {
    const trail = await severalDays(4);
    const [, , third] = await trail.audit.segments(0, 10);
    const drop = dropAudit(trail);
    const before = third?.firstAt ?? 0;

    const dropped = [await drop({ before }), await drop({ before }), await drop({ before })];

    expect(dropped).toEqual([3, 3, 0]);
    expect(await verifyAudit(trail)()).toMatchObject({ segments: 2, sealed: 6, dropped: 2, problems: [] });
  });

  it('goes on sealing when everything was dropped', async () => {
    const trail = await severalDays(2);
    const drop = dropAudit(trail);
    while ((await drop({ before: trail.clock.now() })) > 0);

    await trail.write(2);
    trail.clock.advance('1d');
    const newest = await sealAudit(trail)();

    expect(newest).toMatchObject({ number: 3, firstId: 7, lastId: 8 });
    expect(await verifyAudit(trail)()).toMatchObject({ segments: 1, sealed: 2, dropped: 2, problems: [] });
  });
});

describe('reading the trail', () => {
  it('begins after a row, or at an instant, and misses nothing', async () => {
    const trail = await severalDays(5);
    const { audit, clock } = trail;
    const ids = async (extent: { after?: number; since?: number }): Promise<readonly number[]> => {
      const found: number[] = [];
      for await (const page of readAudit(trail)(extent)) found.push(...page.map(({ id }) => id));
      return found;
    };
    const fourthDay = (await audit.list(9, 1))[0]?.at ?? 0;

    expect(await ids({})).toHaveLength(15);
    expect(await ids({ after: 13 })).toEqual([14, 15]);
    expect(await ids({ since: fourthDay })).toEqual([10, 11, 12, 13, 14, 15]);
    expect(await ids({ since: clock.now() })).toEqual([]);
  });
});

describe('a head that was written down', () => {
  it('is still there, or was dropped for its age, or is missed', async () => {
    const trail = await severalDays(3);
    const [first, second] = await trail.audit.segments(0, 2);
    await dropAudit(trail)({ before: second?.firstAt ?? 0 });
    const verify = verifyAudit(trail);

    expect(await verify({ known: { number: 2, hash: second?.hash ?? '' } })).toMatchObject({ problems: [] });
    expect(await verify({ known: { number: 1, hash: first?.hash ?? '' } })).toMatchObject({ problems: [] });
    expect((await verify({ known: { number: 2, hash: 'another' } })).problems).toHaveLength(1);
    expect((await verify({ known: { number: 9, hash: 'another' } })).problems).toHaveLength(1);
  });
});
