// PHC strings: what is taken apart and what is no password hash.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parsePhc } from './phc.ts';

const SALT = 'c29tZXNhbHRzb21lc2FsdA';
const TAG = 'K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE';

describe('a PHC string', () => {
  it('is taken apart into scheme, version, parameters, salt and tag', () => {
    const hash = parsePhc(`$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${TAG}`);

    expect(hash?.scheme).toBe('argon2id');
    expect(hash?.version).toBe(19);
    expect([...(hash?.parameters ?? [])]).toEqual([
      ['m', 19_456],
      ['t', 2],
      ['p', 1],
    ]);
    expect(hash?.salt.toString()).toBe('somesaltsomesalt');
    expect(hash?.tag).toHaveLength(32);
  });

  it('may lack a version and may spell + as a dot', () => {
    const hash = parsePhc(`$pbkdf2-sha256$i=29000$${SALT}$${TAG.replaceAll('+', '.')}`);

    expect(hash?.version).toBeUndefined();
    expect(hash?.tag.toString('base64')).toBe(`${TAG}=`);
  });
});

describe('a text that is no PHC string', () => {
  it.each([
    '',
    '*',
    '!',
    'null',
    '$',
    '$$$$$',
    'argon2id',
    ` $argon2id$v=19$m=19456,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${TAG}\n`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${TAG}$`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$`,
    `$argon2id$v=19$m=19456,t=2,p=1$$${TAG}`,
    `$argon2id$v=x$m=19456,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=19456,m=8,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=019456,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=1e9,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=-1,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m,t=2,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}==$${TAG}`,
    `$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$${TAG}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$c2hvcnQ`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${TAG.slice(0, -1)}F`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${'A'.repeat(400)}`,
    '5f4dcc3b5aa765d61d8327deb882cf99',
    '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
  ])('is recognised: %j', (text) => {
    const hash = parsePhc(text);

    expect(hash).toBeUndefined();
  });

  it('R-88 never throws, whatever it is', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\$[a-z0-9-]*\$[a-z0-9=,$+/]*$/));

    const property = fc.property(text, (any) => {
      const hash = parsePhc(any);
      return hash === undefined || hash.tag.length >= 16;
    });

    fc.assert(property, { numRuns: 20_000 });
  });
});
