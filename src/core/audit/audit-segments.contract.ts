// What every audit store promises about segments and marks.
import { describe, expect, it } from 'vitest';
import { type OpenEmpty, START, auditOf, fiftyAtOnce, freshStores, tally } from '../stores.contract.ts';
import type { AuditMark, AuditSegment } from './audit-store.ts';

/** Run it on every engine. */
export function describeAuditSegments(open: OpenEmpty): void {
  describe('sealing the audit trail', () => {
    sealing(open);
  });
}

const markOf = ({ number, lastId, hash }: AuditSegment): AuditMark => ({ number, lastId, hash, seal: `seal ${hash}` });

function sealing(open: OpenEmpty): void {
  const opened = freshStores(open);

  /** Appends so many rows and says which segment they make. */
  const written = async (number: number, rows: number): Promise<{ after: number; segment: AuditSegment }> => {
    const { audit } = opened().stores;
    const after = (await audit.marks()).head?.lastId ?? 0;
    await audit.append(Array.from({ length: rows }, (_, index) => auditOf(`act ${index}`)));
    const ids = (await audit.list(after, 100)).map(({ id }) => id);
    const [firstId = 0, lastId = 0] = [ids[0], ids.at(-1)];
    const segment = { number, firstId, lastId, count: rows, firstAt: START, lastAt: START + 1, hash: `hash ${number}` };
    return { after, segment };
  };
  const seal = async ({ after, segment }: Awaited<ReturnType<typeof written>>): Promise<boolean> =>
    opened().stores.audit.seal({ after, segment, head: markOf(segment) });

  it('keeps segments in order, and the head at the newest', async () => {
    const first = await written(1, 3);
    const sealed = [await seal(first)];
    const second = await written(2, 2);
    sealed.push(await seal(second));

    const { audit } = opened().stores;
    expect(sealed).toEqual([true, true]);
    expect(await audit.segments(0, 10)).toEqual([first.segment, second.segment]);
    expect(await audit.segments(1, 10)).toEqual([second.segment]);
    expect(await audit.marks()).toEqual({ head: markOf(second.segment) });
    expect(await audit.countAfter(first.segment.lastId)).toBe(2);
  });

  it('lets one of fifty that seal at once succeed', async () => {
    const first = await written(1, 3);

    const answers = await fiftyAtOnce(() => seal(first));

    expect(tally(answers)).toEqual({ true: 1, false: 49 });
    expect(await opened().stores.audit.segments(0, 10)).toEqual([first.segment]);
  });

  it('refuses a segment that is not the next, or that misses a row', async () => {
    const { after, segment } = await written(1, 3);

    const refused = [
      await seal({ after, segment: { ...segment, number: 2 } }),
      await seal({ after, segment: { ...segment, count: 2 } }),
    ];

    expect(refused).toEqual([false, false]);
    expect([await opened().stores.audit.segments(0, 10), await opened().stores.audit.marks()]).toEqual([[], {}]);
  });

  it('forgets the chain and keeps the rows when it is restarted', async () => {
    await seal(await written(1, 3));
    const { audit } = opened().stores;

    await audit.restart(auditOf('audit.restart'));

    expect([await audit.segments(0, 10), await audit.marks()]).toEqual([[], {}]);
    expect((await audit.list(0, 10)).map(({ act }) => act)).toEqual(['act 0', 'act 1', 'act 2', 'audit.restart']);
  });

  it('drops the oldest with its rows and nothing else, and remembers where the chain begins', async () => {
    const first = await written(1, 3);
    await seal(first);
    const second = await written(2, 2);
    await seal(second);
    const { audit } = opened().stores;

    const dropped = [await audit.drop(markOf(second.segment)), await audit.drop(markOf(first.segment))];

    expect(dropped).toEqual([0, 3]);
    expect((await audit.list(0, 10)).map(({ id }) => id)).toEqual([second.segment.firstId, second.segment.lastId]);
    expect(await audit.segments(0, 10)).toEqual([second.segment]);
    expect(await audit.marks()).toEqual({ anchor: markOf(first.segment), head: markOf(second.segment) });
  });
}
