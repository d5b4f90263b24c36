// Somebody who can write the database changes one row of the audit trail: the verifier says so, each time.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig } from '#config';
import { type AuditChainDeps, sealAudit, verifyAudit } from '#core';
import { type House, openHouse } from '#main';

import { someNumber } from '../support/matchers.ts';
import { newFolder } from '../support/run-folder.ts';
import { NotedRandomness, realTimer, TestClock } from '../support/test-machine.ts';

const FIRST_ROWS = 620;
const ROWS = 1000;

let original: string;
let keyFile: string;
beforeAll(async () => {
  const dataDir = newFolder('data');
  const clock = new TestClock();
  const house = await open(dataDir, clock);
  const act = (number: number) =>
    ({ at: clock.now(), act: `act ${number}`, outcome: 'success', source: 'cli', accountId: `id ${number}` }) as const;
  const seal = sealAudit({ audit: house.stores.audit, digests: house.digests, clock });
  await house.stores.audit.append(Array.from({ length: FIRST_ROWS }, (_, index) => act(index + 1)));
  clock.advance('1h');
  await seal();
  await house.stores.audit.append(Array.from({ length: ROWS - FIRST_ROWS }, (_, index) => act(FIRST_ROWS + index + 1)));
  clock.advance('1h');
  await seal();
  await house.close();
  [original, keyFile] = [join(dataDir, 'understudy.db'), join(dataDir, 'keys.json')];
});

let house: House | undefined;
afterAll(() => house?.close());

async function open(dataDir: string, clock = new TestClock()): Promise<House> {
  const config = loadConfig({ flags: { dataDir }, env: {}, dialects: [] });
  return openHouse(config, 'tool', { clock, timer: realTimer, randomness: new NotedRandomness() });
}

/** Lets somebody with the database, but without the keys, run SQL on a copy of the trail. */
async function tampered(...statements: readonly string[]): Promise<AuditChainDeps> {
  const dataDir = newFolder('data');
  copyFileSync(keyFile, join(dataDir, 'keys.json'));
  const file = join(dataDir, 'understudy.db');
  copyFileSync(original, file);
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
  await house?.close();
  house = await open(dataDir);
  return { audit: house.stores.audit, digests: house.digests };
}

/** What the verifier finds wrong after the SQL was run. */
async function complaintsAfter(...statements: readonly string[]): Promise<readonly string[]> {
  const { problems } = await verifyAudit(await tampered(...statements))();
  return problems.map(({ text }) => text);
}

const INSERT = (id: number): string =>
  `insert into audit_events (id, at, act, outcome, source) select ${id}, at, 'sign-in.password', 'success', source from audit_events where id = 5`;

/** Makes room for one more row. */
const SHIFT_UP = (from: number): string =>
  `update audit_events set id = -id - 1 where id >= ${from}; update audit_events set id = -id where id < 0`;
const SHIFT_DOWN = (from: number): string =>
  `update audit_events set id = -id + 1 where id >= ${from}; update audit_events set id = -id where id < 0`;

const SWAP = (one: number, other: number): string =>
  `update audit_events set id = -1 where id = ${one}; update audit_events set id = ${one} where id = ${other}; update audit_events set id = ${other} where id = -1`;

// prettier-ignore
const TAMPERINGS: readonly (readonly [name: string, ...statements: string[]])[] = [
  ['edits what was done',                   `update audit_events set act = 'account.remove' where id = 7`],
  ['edits the outcome to something unheard of', `update audit_events set outcome = 'succes' where id = 7`],
  ['edits who it was',                      `update audit_events set account_id = 'another' where id = 501`],
  ['takes away who it was',                 `update audit_events set account_id = null where id = 500`],
  ['edits when it was',                     `update audit_events set at = at + 1 where id = 620`],
  ['edits whence it came',                  `update audit_events set source = '192.0.2.1' where id = ${ROWS}`],
  ['adds a reason',                         `update audit_events set reason = '' where id = 1`],
  ['deletes the first row',                 `delete from audit_events where id = 1`],
  ['deletes a row in the middle',           `delete from audit_events where id = 333`],
  ['deletes a row and closes the gap',      `delete from audit_events where id = 333`, SHIFT_DOWN(334)],
  ['swaps two rows of a segment',           SWAP(10, 11)],
  ['swaps two rows of different segments',  SWAP(10, 700)],
  ['puts a row in before the first',        INSERT(0)],
  ['puts a row in with a number of its own', SHIFT_UP(400), INSERT(400)],
  ['cuts the last row off',                 `delete from audit_events where id = ${ROWS}`],
  ['cuts the last row off and its count down', `delete from audit_events where id = ${ROWS}; update audit_segments set count = count - 1, last_id = last_id - 1 where number = 3`],
  ['cuts the last segment off with its rows', `delete from audit_events where id > ${FIRST_ROWS}; delete from audit_segments where number = 3`],
  ['cuts the last segment off and moves the head', `delete from audit_events where id > ${FIRST_ROWS}; delete from audit_segments where number = 3; update audit_marks set number = 2, last_id = ${FIRST_ROWS}, hash = (select hash from audit_segments where number = 2)`],
  ['pretends that the first segment was old', `delete from audit_events where id <= 500; insert into audit_marks select 'anchor', number, last_id, hash, (select seal from audit_marks) from audit_segments where number = 1; delete from audit_segments where number = 1`],
  ['unseals everything',                    `delete from audit_events where id = 3; delete from audit_segments`],
];

describe('an audit trail of a thousand rows', () => {
  it('is intact while nobody touches it', async () => {
    expect(await complaintsAfter()).toEqual([]);
  });

  it('is tampered with in twenty ways here', () => {
    expect(TAMPERINGS).toHaveLength(20);
  });

  it.each(TAMPERINGS)('R-92 tells when somebody %s', async (_, ...statements) => {
    expect(await complaintsAfter(...statements)).not.toEqual([]);
  });

  it('R-92 names the segment and says whether a row is missing or was put in', async () => {
    expect(await complaintsAfter('delete from audit_events where id = 333')).toEqual([
      expect.stringMatching(/^segment 1, rows 1 to 500: 499 rows where 500 were sealed/),
    ]);
    expect(await complaintsAfter(SWAP(510, 511))).toEqual([
      expect.stringMatching(/^segment 2, rows 501 to 620: not what was sealed/),
    ]);
  });

  it('R-92 shows by a head that was written down that everything was unsealed and its marks taken away', async () => {
    const { head } = await verifyAudit(await tampered())();

    const wiped = await tampered('delete from audit_segments', 'delete from audit_marks');

    expect(await verifyAudit(wiped)()).toMatchObject({
      unsealed: ROWS,
      unsealedSince: someNumber,
      problems: [],
    });
    expect((await verifyAudit(wiped)({ known: head })).problems).toHaveLength(1);
  });

  it('R-92 is not sealed any further once its end is broken', async () => {
    const trail = await tampered('delete from audit_segments where number = 3');

    const seal = sealAudit({ ...trail, clock: new TestClock() });

    await expect(seal()).rejects.toThrow('segment 3, the last one that was sealed, is gone');
  });
});
