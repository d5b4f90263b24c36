// Digests: known answers, separation of purposes, and comparison.
import { describe, expect, it } from 'vitest';

import { digestsWith } from './keyed-digests.ts';
import { Keyring } from './keyring.ts';

const digests = digestsWith(Keyring.make());

describe('the digest of a token', () => {
  it('is plain SHA-256 in base64url (FIPS 180-2, appendix B.1)', () => {
    const digest = digests.ofToken('abc');

    expect(digest).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('does not depend on the keys', () => {
    const elsewhere = digestsWith(Keyring.make());

    const digest = elsewhere.ofToken('token');

    expect(digest).toBe(digests.ofToken('token'));
  });
});

describe('a keyed digest', () => {
  it('is HMAC-SHA-256 of purpose and text under the digest key', () => {
    const known = digestsWith({ digestKey: Buffer.alloc(32, 1) });

    const digest = known.keyed('code', '123456');

    expect(digest).toBe('1-a208UkXQewoVGgzQHL0GPORlQFVEvwPWJVqJlQsgQ');
  });

  it('differs by key, purpose and text, and cannot be shifted from one into the other', () => {
    const elsewhere = digestsWith(Keyring.make());

    const all = [
      digests.keyed('code', '1'),
      digests.keyed('code', '2'),
      digests.keyed('name', '1'),
      digests.keyed('code:1', ''),
      digests.keyed('', 'code:1'),
      elsewhere.keyed('code', '1'),
    ];

    expect(new Set(all).size).toBe(all.length);
    expect(all.every((digest) => /^[\w-]{43}$/.test(digest))).toBe(true);
  });

  it('survives a rotation of the identifier keys', () => {
    const keyring = Keyring.make();

    const rotated = digestsWith(keyring.rotated().settled());

    expect(rotated.keyed('signature', 'text')).toBe(digestsWith(keyring).keyed('signature', 'text'));
  });
});

describe('comparing digests', () => {
  it.each([
    { left: 'abcd', right: 'abcd', isEqual: true },
    { left: 'abcd', right: 'abce', isEqual: false },
    { left: 'abcd', right: 'abc', isEqual: false },
    { left: '', right: 'a', isEqual: false },
    { left: 'ä', right: 'a', isEqual: false },
  ])('R-19 finds $left and $right equal: $isEqual', ({ left, right, isEqual }) => {
    const answer = digests.equal(left, right);

    expect(answer).toBe(isEqual);
  });
});
