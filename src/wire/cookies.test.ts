// Which cookies a request sends, and how ours are written.
import { describe, expect, it } from 'vitest';
import { wireRequest } from '#tests/support/wire-request';
import { cookiesIn, setCookie } from './cookies.ts';

const sent = (cookie: string): ReturnType<typeof cookiesIn> =>
  cookiesIn(wireRequest({ on: 'GET /a', headers: { cookie } }), ['a', 'b']);

describe('cookies that come with a request', () => {
  it.each([
    ['a=1; b=2', ['1', '2']],
    ['b=2;a=1', ['1', '2']],
    ['a=1; other=x', ['1', undefined]],
    ['a=; b="2"', ['', '"2"']],
    ['a=x=y', ['x=y', undefined]],
    ['aa=1; ba=2; A=3', [undefined, undefined]],
    ['a; b', [undefined, undefined]],
    ['', [undefined, undefined]],
  ])('are read as they stand: %j', (cookie, values) => {
    expect(sent(cookie)).toEqual(values);
  });

  it.each(['a=1; a=2', 'a=1; a=1', 'b=1;a=2;b=3', 'a=; a='])(
    'R-63 are ambiguous when a name comes twice: %j',
    (cookie) => {
      expect(sent(cookie)).toBe('ambiguous');
    },
  );

  it('are none when none came', () => {
    expect(cookiesIn(wireRequest({ on: 'GET /a' }), ['a'])).toEqual([undefined]);
  });
});

describe('a cookie of ours', () => {
  const plain = { name: 'n', value: 'v', expiresAt: Date.UTC(2030, 0, 2, 3, 4, 5), isHidden: false, isSecure: false };

  it('R-64 keeps to the host and the site', () => {
    expect(setCookie(plain)).toBe('n=v; Path=/; Expires=Wed, 02 Jan 2030 03:04:05 GMT; SameSite=Lax');
  });

  it('R-64 names everything that narrows it down, in the order of the document', () => {
    expect(setCookie({ ...plain, domain: 'example.org', isHidden: true, isSecure: true })).toBe(
      'n=v; Path=/; Domain=example.org; Expires=Wed, 02 Jan 2030 03:04:05 GMT; HttpOnly; Secure; SameSite=Lax',
    );
  });
});
