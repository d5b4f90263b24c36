// Resident identity numbers: the check character, and what leaves the server of one.
import { describe, expect, it } from 'vitest';
import { isIdNumber, maskIdNumber } from './id-number.ts';

const TODAY = new Date(Date.UTC(2026, 5, 15));

describe('a resident id number', () => {
  it('is one when date and check character are right', () => {
    expect(isIdNumber('11010519491231002X', TODAY)).toBe(true);
  });

  it.each([
    ['a wrong check character', '110105194912310021'],
    ['a day that never was', '110105194902300022'],
    ['a birth in the future', '110105209912310020'],
    ['a letter in front', 'A1010519491231002X'],
  ])('is none with %s', (_what, text) => {
    expect(isIdNumber(text, TODAY)).toBe(false);
  });

  it('shows three digits, eleven stars and four characters', () => {
    expect(maskIdNumber('110105194912311234')).toBe('110***********1234');
  });
});
