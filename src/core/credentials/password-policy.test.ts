// What a password may be, counted as people count.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../kernel/refusal.ts';
import { admitNewPassword, type PasswordPolicy, preparePassword } from './password-policy.ts';

const POLICY: PasswordPolicy = { minLength: 8, operatorMinLength: 15, operatorRoles: ['operator'], maxLength: 256 };

/** The code with which it is refused, or what it becomes. */
function outcomeOf(prepare: () => { reveal(): string }): string {
  try {
    return prepare().reveal();
  } catch (reason) {
    return reason instanceof Refusal ? reason.code : 'fault';
  }
}

describe('setting a password', () => {
  it.each(['a', '密', '😀', 'é'])('R-01 counts code points of %s, for people and for operators', (symbol) => {
    expect(outcomeOf(() => admitNewPassword(symbol.repeat(7), [], POLICY))).toBe('password.too-short');
    expect(outcomeOf(() => admitNewPassword(symbol.repeat(8), [], POLICY))).toBe(symbol.repeat(8));
    expect(outcomeOf(() => admitNewPassword(symbol.repeat(14), ['operator'], POLICY))).toBe('password.too-short');
    expect(outcomeOf(() => admitNewPassword(symbol.repeat(15), ['operator'], POLICY))).toBe(symbol.repeat(15));
  });

  it.each([64, 128, 256])('R-02 takes %i characters', (length) => {
    expect(outcomeOf(() => admitNewPassword('x'.repeat(length), [], POLICY))).toHaveLength(length);
  });

  it.each([257, 1024 * 1024, 16 * 1024 * 1024])('R-02 refuses %i characters', (length) => {
    expect(outcomeOf(() => admitNewPassword('x'.repeat(length), [], POLICY))).toBe('password.too-long');
  });

  it('R-02 refuses more than 1024 bytes, however few the characters', () => {
    expect(outcomeOf(() => preparePassword('😀'.repeat(256), 256))).toHaveLength(512);
    expect(outcomeOf(() => preparePassword('é'.repeat(513), 1024))).toBe('password.too-long');
  });
});

describe('giving a password', () => {
  it('R-05 composes what was typed decomposed', () => {
    expect(outcomeOf(() => preparePassword('cafe\u0301', 256))).toBe('caf\u00e9');
  });

  it('R-05 keeps compatibility forms apart', () => {
    expect(outcomeOf(() => preparePassword('ﬁ', 256))).toBe('ﬁ');
  });

  it.each(['\ud800', 'abc\udfff', 'nul\u0000'])('R-05 refuses %j', (text) => {
    expect(outcomeOf(() => preparePassword(text, 256))).toBe('password.malformed');
  });

  it('R-04 leaves spaces and case as they are', () => {
    expect(outcomeOf(() => preparePassword('  Two  Words ', 256))).toBe('  Two  Words ');
  });
});
