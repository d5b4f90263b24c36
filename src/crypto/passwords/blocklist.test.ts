// The lists of passwords nobody may choose: ours, and the operator's own, however large.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commonPasswords, openBlocklist } from './blocklist.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-blocklist-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Lines in the order of their bytes. */
const sorted = (lines: readonly string[]): string =>
  lines
    .map((line) => Buffer.from(line))
    .toSorted((left, right) => left.compare(right))
    .map((line) => `${line.toString()}\n`)
    .join('');

describe('the list that comes with the server', () => {
  it('R-06 holds thousands of entries, all folded', () => {
    const entries = commonPasswords();

    expect(new Set(entries).size).toBeGreaterThan(3700);
    expect(entries.filter((entry) => entry !== entry.normalize('NFC').toLowerCase())).toEqual([]);
  });

  it('R-06 knows each of them and nothing else', () => {
    const blocklist = openBlocklist('');

    expect(commonPasswords().every((entry) => blocklist.isCommon(entry))).toBe(true);
    expect(['', '#', 'correct horse', 'Password'].some((entry) => blocklist.isCommon(entry))).toBe(false);
  });
});

describe("the operator's own list", () => {
  const breached = Array.from({ length: 200_000 }, (_, index) => `breached-${(index * 7919) % 1_000_003}`);

  it('R-06 is searched without being read whole', async () => {
    const blocklist = openBlocklist(write('large.txt', sorted([...breached, '密码密码密码', 'zzz last'])));
    const asked = [...breached.filter((_, index) => index % 997 === 0), '密码密码密码', 'zzz last'];

    const found = await Promise.all(asked.map((password) => blocklist.isForbidden([password])));
    const others = await Promise.all(
      asked.flatMap((password) => [`${password}x`, ` ${password}`]).map((each) => blocklist.isForbidden([each])),
    );

    expect(found.every(Boolean)).toBe(true);
    expect(others.some(Boolean)).toBe(false);
    expect(await blocklist.isForbidden(['no', 'zzz last'])).toBe(true);
    expect(await blocklist.problem()).toBeUndefined();
  });

  it.each([
    ['empty', '', false],
    ['a single line', 'only-one\n', true],
    ['a last line without its break', 'another\nonly-one', true],
    ['no such line', 'only-on\nonly-one2\n', false],
  ])('R-06 may be %s', async (name, text, isThere) => {
    const blocklist = openBlocklist(write(`${name}.txt`, text));

    expect([await blocklist.isForbidden(['only-one']), await blocklist.problem()]).toEqual([isThere, undefined]);
  });

  it('is complained of when it is not sorted', async () => {
    const blocklist = openBlocklist(write('unsorted.txt', breached.map((line) => `${line}\n`).join('')));

    expect(await blocklist.problem()).toMatch(/unsorted\.txt is not sorted; run: LC_ALL=C sort -u$/);
  });

  it('stops everything when it is not there', async () => {
    const blocklist = openBlocklist(join(folder, 'nothing.txt'));

    await expect(blocklist.isForbidden(['whatever'])).rejects.toThrow('ENOENT');
    expect(await blocklist.problem()).toMatch(/nothing\.txt cannot be read$/);
  });
});
