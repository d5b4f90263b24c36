// One spelling per identifier, and nothing that could pass for another.
import { describe, expect, it } from 'vitest';
import { normaliseEmail, normaliseIdNumber, normaliseMobile, normaliseUsername } from './normalise.ts';

describe('normalising a mobile number', () => {
  it.each([
    '13544285663',
    ' 135 4428 5663 ',
    '+8613544285663',
    '008613544285663',
    '8613544285663',
    '１３５４４２８５６６３',
    '135-4428-5663',
  ])('R-33 brings %s to one spelling', (text) => {
    expect(normaliseMobile(text)).toBe('+8613544285663');
  });

  it('keeps a number of another country', () => {
    expect(normaliseMobile('+44 7700 900123')).toBe('+447700900123');
  });

  it.each(['', '1234', '23544285663', '+8623544285663', '1354428566a', '+', '00', '135442856631354428566313'])(
    'refuses %j',
    (text) => {
      expect(normaliseMobile(text)).toBeUndefined();
    },
  );
});

describe('normalising a user name', () => {
  it.each(['Qqqqqq', ' QQQQQQ ', 'ｑｑｑｑｑｑ'])('R-33 brings %s to one spelling', (text) => {
    expect(normaliseUsername(text)).toBe('qqqqqq');
  });

  it('keeps what is written in another script', () => {
    expect(normaliseUsername('古 匠')).toBe('古 匠');
  });

  it.each(['', '   ', 'a\u0000b', 'a\u200bb', 'a\u202eb', 'a\nb', '\ud800', 'x'.repeat(61)])('refuses %j', (text) => {
    expect(normaliseUsername(text)).toBeUndefined();
  });
});

describe('normalising an e-mail address', () => {
  it.each(['Someone@Example.ORG', ' someone@example.org ', 'someone＠example.org'])(
    'brings %s to one spelling',
    (text) => {
      expect(normaliseEmail(text)).toBe('someone@example.org');
    },
  );

  it.each([
    '',
    'someone',
    '@example.org',
    'a@b',
    'a b@example.org',
    'a@example.org,b@example.org',
    'a@-example.org',
    '古@example.org',
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });

  it('R-88 reads a hostile text of any length', () => {
    expect(normaliseEmail(`${'a'.repeat(100_000)}@`)).toBeUndefined();
    expect(normaliseEmail(`a@${'a.'.repeat(120)}`)).toBeUndefined();
  });
});

describe('normalising a resident id number', () => {
  it.each(['11010519491231002X', '11010519491231002x', ' 11010519491231002X ', '１１０１０５１９４９１２３１００２Ｘ'])(
    'R-33 brings %s to one spelling',
    (text) => {
      expect(normaliseIdNumber(text)).toBe('11010519491231002X');
    },
  );

  it.each(['', '1101051949123100', '11010519491231002Y', 'X1010519491231002X'])('refuses %j', (text) => {
    expect(normaliseIdNumber(text)).toBeUndefined();
  });
});
