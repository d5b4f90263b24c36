// How the table of requirements comes about: which tests are found, and what follows from them.
import { describe, expect, it } from 'vitest';

import { parseSource } from '../structure/source.ts';
import { type NumberedTest, numberedTests } from './numbered-tests.ts';
import { CHAPTERS, type Requirement } from './requirements.ts';
import { assertNumbersExist, standingOf } from './standing.ts';

const found = (text: string): readonly NumberedTest[] => numberedTests(parseSource('tests/a.test.ts', text));

const testOf = (...numbers: readonly number[]): NumberedTest => ({ numbers, name: 'does', path: 'a.test.ts', line: 3 });
const asked: Requirement = { number: 20, title: 'asked', threshold: 'shown' };
const half: Requirement = { ...asked, waits: 'the other half' };
const measurement = (verdict: 'even' | 'uneven' | 'blind') => ({ requirement: 'R-20', verdict }) as const;

describe('looking for numbered tests', () => {
  it('finds the number, the sentence and the situations it stands in', () => {
    const text = "describe('a', () => {\n describe.each(rows)('b', () => {\n  it('R-20 does', () => {});\n });\n});";

    expect(found(text)).toEqual([{ numbers: [20], name: 'a › b › does', path: 'tests/a.test.ts', line: 3 }]);
  });

  it('leaves a situation when it is over', () => {
    const text = "describe('a', () => {});\ndescribe('b', () => {\n it('R-20 does', () => {});\n});";

    expect(found(text).map(({ name }) => name)).toEqual(['b › does']);
  });

  it.each([
    ["it.each([1])('R-20 does %s', go);", [20]],
    ["it('R-20 R-107 does', { timeout: 5 }, go);", [20, 107]],
    ['it(`R-20 does ${what}`, go);', [20]],
    ["it.each`a\n${1}`('R-20 does', go);", [20]],
  ])('finds those of %s', (text, numbers) => {
    expect(found(text).map((test) => test.numbers)).toEqual([numbers]);
  });

  it.each(["it('does R-20', go);", "say('R-20 does');", "// it('R-20 does')", "it('R-x does', go);"])(
    'finds none in %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('how a requirement stands', () => {
  const stands = (requirement: Requirement, evidence: Partial<Parameters<typeof standingOf>[1]>) =>
    standingOf(requirement, { tests: [], measurements: [], measured: [], ...evidence });

  it('is open as long as nothing says that it holds', () => {
    expect(stands(asked, { tests: [testOf(19), testOf(21)] })).toBe('open');
    expect(stands(asked, { measured: ['R-20'] })).toBe('open');
  });

  it('waits for what is not there yet, and is met in part beside it', () => {
    expect(stands(half, {})).toBe('waits');
    expect(stands(half, { tests: [testOf(20)] })).toBe('in part');
    expect(stands(half, { measurements: [measurement('even')], measured: ['R-20'] })).toBe('in part');
  });

  it('is tested by a test that names it among others', () => {
    expect(stands(asked, { tests: [testOf(19, 20)] })).toBe('tested');
  });

  it('is met in part while it is still to be measured', () => {
    expect(stands(asked, { tests: [testOf(20)], measured: ['R-20'] })).toBe('in part');
    expect(stands(asked, { measurements: [measurement('even'), measurement('blind')] })).toBe('in part');
  });

  it('is measured, or missed as soon as one measurement was', () => {
    expect(stands(asked, { measurements: [measurement('even')], measured: ['R-20'] })).toBe('measured');
    expect(stands(asked, { tests: [testOf(20)], measurements: [measurement('even'), measurement('uneven')] })).toBe(
      'missed',
    );
  });
});

describe('the list of requirements', () => {
  const numbers = CHAPTERS.flatMap(({ requirements }) => requirements.map(({ number }) => number));

  it('has each number from 1 to 107 once, in order', () => {
    expect(numbers).toEqual(Array.from({ length: 107 }, (_, index) => index + 1));
  });

  it('refuses a test of a number it does not have, and says where it stands', () => {
    expect(() => assertNumbersExist([testOf(20), testOf(108)], CHAPTERS)).toThrow(/a\.test\.ts:3 R-108 does$/);
    expect(() => assertNumbersExist([testOf(1), testOf(107)], CHAPTERS)).not.toThrow();
  });
});
