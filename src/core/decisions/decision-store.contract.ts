// What every decision store promises.
import { describe, expect, it } from 'vitest';
import { DAY, type OpenEmpty, SECOND, START, fiftyAtOnce, freshStores, tally } from '../stores.contract.ts';
import type { DecisionRecord } from './decision.ts';
import { CODES_OF_RECORD, type DecisionNote } from './decision-store.ts';

/** Run it on every engine. */
export function describeDecisionStore(open: OpenEmpty): void {
  describe('keeping decision records', () => {
    keeping(open);
  });
}

const recordOf = (id: string, more: Partial<DecisionRecord> = {}): DecisionRecord => ({
  id,
  refusal: 'throttle.account',
  source: '192.0.2.1',
  dialect: 'weidu',
  count: 1,
  firstAt: START,
  lastAt: START,
  ...more,
});

const codesFrom = (first: number, last: number): DecisionNote['codes'] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({ code: `code-${first + index}`, number: first + index }));

function keeping(open: OpenEmpty): void {
  const opened = freshStores(open);
  const ALL = { before: START, records: 1000 };

  it('finds a record under each of its codes, with every field and none that was not there', async () => {
    const { decisions } = opened().stores;
    const full = recordOf('full', {
      shown: 'account.unknown',
      field: 'account',
      key: 'a digest',
      remark: 'a remark',
      forwardedBy: '10.0.0.1',
      endpoint: 'weidu.login',
      appId: 'shop',
      retryAfterSeconds: 60,
      count: 2,
    });

    await decisions.record([
      { record: full, codes: codesFrom(1, 2) },
      { record: recordOf('plain'), codes: [{ code: 'other', number: 1 }] },
    ]);

    expect([await decisions.find('code-1'), await decisions.find('code-2')]).toEqual([full, full]);
    expect(await decisions.find('other')).toEqual(recordOf('plain'));
    expect(await decisions.find('nothing')).toBeUndefined();
  });

  it('brings a record up to date, and keeps its latest codes', async () => {
    const { decisions } = opened().stores;
    await decisions.record([{ record: recordOf('flood', { count: 60 }), codes: codesFrom(1, 60) }]);
    const later = recordOf('flood', { count: 130, lastAt: START + SECOND, retryAfterSeconds: 30 });

    await decisions.record([{ record: later, codes: codesFrom(61, 130) }]);

    const gone = 130 - CODES_OF_RECORD;
    expect(await decisions.find(`code-${gone}`)).toBeUndefined();
    expect([await decisions.find(`code-${gone + 1}`), await decisions.find('code-130')]).toEqual([later, later]);
  });

  it('sweeps what is past its age, and the oldest beyond so many, in batches', async () => {
    const { decisions } = opened().stores;
    const ages = [2, 1, 0].map((days) => START - days * DAY);
    await decisions.record(
      ages.map((at, index) => ({
        record: recordOf(`record ${index}`, { firstAt: at, lastAt: at }),
        codes: [{ code: `code ${index}`, number: 1 }],
      })),
    );

    const old = [await decisions.sweep({ ...ALL, before: START - DAY }, 10), await decisions.sweep(ALL, 0)];
    const surplus = [
      await decisions.sweep({ before: 0, records: 1 }, 10),
      await decisions.sweep({ before: 0, records: 1 }, 10),
    ];

    expect([old, surplus]).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(await Promise.all([0, 1, 2].map((index) => decisions.find(`code ${index}`)))).toEqual([
      undefined,
      undefined,
      recordOf('record 2'),
    ]);
  });

  it('loses none of fifty that come at once', async () => {
    const { decisions } = opened().stores;

    await fiftyAtOnce((racer) =>
      decisions.record([{ record: recordOf(`record ${racer}`), codes: [{ code: `code ${racer}`, number: 1 }] }]),
    );

    const found = await fiftyAtOnce((racer) => decisions.find(`code ${racer}`));
    expect(tally(found)).toEqual({ something: 50 });
  });
}
