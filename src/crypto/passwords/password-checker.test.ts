// The work of one hashing thread: known answers of every scheme, bounds on stored costs, and equal work for failures.
import { argon2Sync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { isAcceptableHash } from './acceptable-hash.ts';
import { COST_FLOOR } from './cost.ts';
import { PasswordChecker } from './password-checker.ts';

const checker = new PasswordChecker(COST_FLOOR);

const b64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Microseconds of processor time the act takes. */
function workOf(act: () => unknown): number {
  const before = process.threadCpuUsage();
  act();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** Published test vectors, each with its password. */
const KNOWN_ANSWERS = [
  {
    origin: 'the reference implementation of Argon2, argon2id version 19',
    password: 'password',
    hash: '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  },
  {
    origin: 'the reference implementation of Argon2, argon2i version 19',
    password: 'password',
    hash: '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  },
  {
    origin: 'the reference implementation of Argon2, argon2i version 16',
    password: 'password',
    hash: '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ',
  },
  {
    origin: 'RFC 7914, section 12 (N=16384)',
    password: 'pleaseletmein',
    hash: `$scrypt$ln=14,r=8,p=1$${b64('SodiumChloride')}$${b64(
      Buffer.from(
        '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
          'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
        'hex',
      ),
    )}`,
  },
  {
    origin: 'RFC 6070 (PBKDF2 with SHA-1)',
    password: 'passwordPASSWORDpassword',
    hash: `$pbkdf2-sha1$i=4096$${b64('saltSALTsaltSALTsaltSALTsaltSALTsalt')}$${b64(
      Buffer.from('3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038', 'hex'),
    )}`,
  },
];

describe('verifying a hash somebody else has made', () => {
  it.each(KNOWN_ANSWERS)('agrees with $origin', ({ password, hash }) => {
    const right = checker.verify(hash, password);
    const wrong = checker.verify(hash, `${password} `);

    expect(isAcceptableHash(hash)).toBe(true);
    expect(right).toEqual({ matches: true, isOutdated: true, isDecoy: false });
    expect(wrong).toEqual({ matches: false, isOutdated: true, isDecoy: false });
  });

  it.each(['argon2id', 'argon2i', 'argon2d'] as const)('agrees with OpenSSL on %s', (scheme) => {
    const message = '密码 пароль 🔑';
    const nonce = Buffer.from('a salt of 16 byt');

    const tag = argon2Sync(scheme, { message, nonce, memory: 1024, passes: 3, parallelism: 2, tagLength: 32 });

    const hash = `$${scheme}$v=19$m=1024,t=3,p=2$${b64(nonce)}$${b64(tag)}`;
    expect(checker.verify(hash, message).matches).toBe(true);
  });

  it('agrees with OpenSSL on a new hash', () => {
    const hash = checker.hash('a new password');

    const [, , , , salt = '', tag = ''] = hash.split('$');
    const nonce = Buffer.from(salt, 'base64');
    const known = argon2Sync('argon2id', {
      message: 'a new password',
      nonce,
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    expect(hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$')).toBe(true);
    expect(nonce).toHaveLength(16);
    expect(tag).toBe(b64(known));
  });

  it.each([
    {
      digest: 'pbkdf2-sha256',
      hash: '$pbkdf2-sha256$i=29000,l=32$c2FsdHNhbHQ$mbdLEOPNNN8Vu5hFRN1rUe9aQvcTkdI9bC43Fkm0IOs',
    },
    { digest: 'pbkdf2-sha512', hash: '$pbkdf2-sha512$i=1000$c2FsdHNhbHQ$LG4MmfN29DN2g6KqFPrRDw' },
  ])('refuses a wrong password of $digest', ({ hash }) => {
    const answer = checker.verify(hash, 'password');

    expect(answer).toEqual({ matches: false, isOutdated: true, isDecoy: false });
  });
});

describe('a hash of the configured cost', () => {
  it('matches its password and no other, and is current', () => {
    const hash = checker.hash('correct horse');

    const answers = [checker.verify(hash, 'correct horse'), checker.verify(hash, 'Correct horse')];

    expect(answers).toEqual([
      { matches: true, isOutdated: false, isDecoy: false },
      { matches: false, isOutdated: false, isDecoy: false },
    ]);
  });

  it.each([
    { name: 'more memory', cost: { ...COST_FLOOR, memoryKiB: 20_480 } },
    { name: 'more passes', cost: { ...COST_FLOOR, passes: 3 } },
    { name: 'more lanes', cost: { ...COST_FLOOR, lanes: 2 } },
  ])('is outdated once new ones get $name', ({ cost }) => {
    const hash = checker.hash('password');

    const answer = new PasswordChecker(cost).verify(hash, 'password');

    expect(answer).toEqual({ matches: true, isOutdated: true, isDecoy: false });
  });

  it('R-04 is that of the whole password, unmodified', () => {
    const lengths = Array.from({ length: 30 }, (_, index) => 15 + index * 8);
    const passwords = lengths.map((length) => ` Pä${'x7🔑'.repeat(length)}`.slice(0, length).concat('aB '));

    const successes = passwords.map((password) => {
      const hash = checker.hash(password);
      return {
        own: checker.verify(hash, password).matches,
        others: mutationsOf(password).filter((other) => checker.verify(hash, other).matches),
      };
    });

    expect(successes.every(({ own }) => own)).toBe(true);
    expect(successes.flatMap(({ others }) => others)).toEqual([]);
  });

  it('R-02 tells passwords of 256 characters apart by the last one', () => {
    const long = '密'.repeat(255);
    const hash = checker.hash(`${long}a`);

    const answers = [checker.verify(hash, `${long}a`), checker.verify(hash, `${long}b`), checker.verify(hash, long)];

    expect(answers.map(({ matches }) => matches)).toEqual([true, false, false]);
  });
});

/** Ten passwords that are nearly this one. */
function mutationsOf(password: string): readonly string[] {
  const at = Math.min(72, password.length - 2);
  return [
    password.slice(0, -1),
    password.slice(1),
    password.slice(0, 72).padEnd(password.length === 72 ? 73 : 72, '.'),
    `${password.slice(0, at)}\u0001${password.slice(at + 1)}`,
    password.trim(),
    password.toLowerCase(),
    password.toUpperCase(),
    `${password} `,
    `${password}\u0000`,
    `${password}${password}`,
  ];
}

const GARBAGE = [
  null,
  '',
  '*',
  '!',
  'null',
  '$argon2id$',
  '$argon2id$v=19$m=19456,t=2,p=1$$',
  '$2b$10$abcdefghijklmnopqrstuu',
];
const GUESSES = ['', 'null', 'undefined', '*', '!', '$argon2id$', '0', 'password'];

describe('a stored value that is no usable hash', () => {
  it.each(GARBAGE)('R-17 never matches: %j', (stored) => {
    const answers = GUESSES.map((guess) => checker.verify(stored, guess));

    expect(answers).toEqual(GUESSES.map(() => ({ matches: false, isOutdated: false, isDecoy: true })));
  });

  const salt = 'c29tZXNhbHRzb21lc2FsdA';
  const tag = b64(Buffer.alloc(32, 7));

  it.each([
    `$argon2id$v=19$m=4194304,t=100,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=1048577,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=19456,t=11,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=19456,t=2,p=17$${salt}$${tag}`,
    `$argon2id$v=19$m=19456,t=2,p=0$${salt}$${tag}`,
    `$argon2id$v=19$m=7,t=2,p=1$${salt}$${tag}`,
    `$argon2id$v=18$m=19456,t=2,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=19456,t=2,p=1,keyid=1$${salt}$${tag}`,
    `$argon2id$v=19$m=19456,t=2$${salt}$${tag}`,
    `$scrypt$ln=18,r=8,p=1$${salt}$${tag}`,
    `$scrypt$ln=14,r=9,p=1$${salt}$${tag}`,
    `$scrypt$ln=14,r=8,p=11$${salt}$${tag}`,
    `$pbkdf2-sha256$i=10000001$${salt}$${tag}`,
    `$pbkdf2-sha256$i=0$${salt}$${tag}`,
    `$pbkdf2-sha256$i=1000,l=31$${salt}$${tag}`,
    `$pbkdf2-md5$i=1000$${salt}$${tag}`,
    `$md5$i=1$${salt}$${tag}`,
  ])('R-16 is never computed: %s', (stored) => {
    const answer = checker.verify(stored, 'password');

    expect(answer).toEqual({ matches: false, isOutdated: false, isDecoy: true });
    expect(isAcceptableHash(stored)).toBe(false);
  });
});

describe('the work of a failure', () => {
  const usual = checker.hash('password');

  it.each([
    { name: 'an account without a hash', stored: null },
    { name: 'a damaged hash', stored: '$argon2id$v=19$m=19456' },
    {
      name: 'a hash that costs too much',
      stored: '$argon2id$v=19$m=4194304,t=100,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA',
    },
    { name: 'a cheap hash of an older system', stored: '$pbkdf2-sha1$i=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA' },
    { name: 'Argon2 of a lower cost', stored: '$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA' },
  ])('R-23 is done for $name as well', ({ stored }) => {
    const works = Array.from({ length: 15 }, () => workOf(() => checker.verify(stored, 'wrong')));
    const usualWorks = Array.from({ length: 15 }, () => workOf(() => checker.verify(usual, 'wrong')));

    // Left alone, the cheap ones would take a hundredth; how equal they are is measured where time is measured.
    expect(median(works) / median(usualWorks)).toBeGreaterThan(0.3);
  });
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
