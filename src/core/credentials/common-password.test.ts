// What is recognised as hardly a password at all, and what is not.
import { describe, expect, it } from 'vitest';
import { foldPassword, isHardlyMoreThan, isPattern } from './common-password.ts';

const isListed = (word: string): boolean => ['dragon', 'p@ssw0rd', 'blink182', 'woaini'].includes(word);
const isHardlyMore = (password: string): boolean => isHardlyMoreThan(foldPassword(password), isListed);

describe('a password that is hardly more than a listed word', () => {
  it.each(['dragon', 'DRAGON', 'Dragon1', 'dragon2024!', '123dragon', '1dragon1!!!', 'dragondragon', 'dragondragon12'])(
    'R-06 is recognised: %s',
    (password) => {
      expect(isHardlyMore(password)).toBe(true);
    },
  );

  it.each(['P@ssw0rd!', 'blink182', 'Blink182!', 'woaini520', 'woaini1314!'])('R-06 is recognised: %s', (password) => {
    expect(isHardlyMore(password)).toBe(true);
  });

  it.each(['dragons', 'dragon-1', 'my dragon sleeps', 'dragon123456789', 'dragon of 1987', 'xdragonx', ''])(
    'is something else: %j',
    (password) => {
      expect(isHardlyMore(password)).toBe(false);
    },
  );
});

describe('a password that follows a pattern', () => {
  it.each([
    '12345678',
    '87654321',
    'aaaaaaaa',
    'qwertyuiop',
    'asdf1234',
    'abcdefgh',
    '1qaz2wsx',
    '1q2w3e4r',
    'qazwsxedc',
    'zxcvbnm,'.slice(0, 7),
    'qwerty123456',
    '147258369',
    '!@#$%^&*',
    'aaabbbccc',
    '19870512',
    '12052001',
    '05122001',
  ])('R-06 is recognised: %s', (password) => {
    expect(isPattern(password)).toBe(true);
  });

  it.each([
    '12938471',
    '20240230x',
    '19871399',
    'correct horse 42',
    'qwer5uiop',
    '密密密密密密密密',
    '😀😀😀😀😀😀😀😀',
  ])('is something else: %s', (password) => {
    expect(isPattern(password)).toBe(false);
  });
});
