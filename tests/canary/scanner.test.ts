// The scanner finds what it is for: a secret planted in any spelling, at any place. Without this its silence would prove nothing.
import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { Scanner } from './scanner.ts';
import { SPELLINGS } from './spellings.ts';

const SECRET = 'Cnry-Pq8 &"é张/\\x5f9KzT3';
const PLAIN = 'ybndrfg8ejkmcpqxot1uwisza3';
const OTHERS = Array.from({ length: 500 }, () => randomBytes(20).toString('base64url'));

const scanner = new Scanner([...OTHERS, SECRET, PLAIN]);
const noise = (length: number): Buffer => randomBytes(length);

describe('a secret that was written down', () => {
  it.each(SPELLINGS)('R-89 is found: $name', ({ name, of }) => {
    const forms = of(SECRET);

    const sightings = forms.map((form) => scanner.scan(Buffer.concat([noise(5000), form, noise(5000)])));

    expect(forms.length).toBeGreaterThan(0);
    for (const each of sightings) expect(each.map(({ secret, at }) => [secret, at])).toContainEqual([500, 5000]);
    expect(sightings.flat().map(({ spelling }) => spelling)).toContain(name);
  });

  it.each([0, 1, 2])('R-89 is found in base64 of longer data, shifted by %i', (shift) => {
    const text = Buffer.from(`${'x'.repeat(9 + shift)}${SECRET}yyyy`).toString('base64');
    const url = Buffer.from(`${'x'.repeat(9 + shift)}${SECRET}yyyy`).toString('base64url');

    expect(scanner.scan(Buffer.from(text)).map(({ spelling }) => spelling)).toContain('base64');
    expect(scanner.scan(Buffer.from(url)).map(({ spelling }) => spelling)).toContain('base64url');
  });

  it.each<[string, (secret: string) => string]>([
    ['a query string', (secret) => `GET /a?pass=${new URLSearchParams({ a: secret }).toString()}`],
    ['a log record', (secret) => JSON.stringify({ msg: `failed for ${secret}` })],
    ['a log record in a log record', (secret) => JSON.stringify({ body: JSON.stringify({ pass: secret }) })],
    ['a Basic header', (secret) => Buffer.from(`app:${secret}`).toString('base64')],
    ['a dump of bytes', (secret) => Buffer.from(secret).toString('hex')],
  ])('R-89 is found in %s', (_, write) => {
    expect(scanner.scan(Buffer.from(write(PLAIN))).map(({ secret }) => secret)).toContain(501);
    expect(scanner.scan(Buffer.from(write(SECRET))).map(({ secret }) => secret)).toContain(500);
  });

  it('R-89 is found at the very beginning and at the very end', () => {
    const bytes = Buffer.concat([Buffer.from(PLAIN), noise(100), Buffer.from(PLAIN)]);

    expect(
      scanner
        .scan(bytes)
        .filter(({ spelling }) => spelling === 'as it is')
        .map(({ at }) => at),
    ).toEqual([0, 126]);
  });

  it('R-89 is found even if only the ends of a password are there', () => {
    const parts = [SECRET.slice(0, 8), SECRET.slice(-8)];

    const sightings = parts.map((part) => scanner.scan(Buffer.concat([noise(50), Buffer.from(part), noise(50)])));

    expect(sightings.map((each) => each.map(({ spelling }) => spelling))).toEqual([['in part'], ['in part']]);
  });
});

describe('bytes without a secret', () => {
  it('R-89 raise no alarm', () => {
    const almost = Buffer.from(`${SECRET.slice(0, 7)} ${PLAIN.slice(0, -1)} ${PLAIN.slice(1)} ${PLAIN.toUpperCase()}`);

    expect(scanner.scan(Buffer.concat([noise(1_000_000), almost, noise(1_000_000)]))).toEqual([]);
  });

  it('R-89 are looked through quickly: thousands of secrets, ten million bytes', () => {
    const many = new Scanner(Array.from({ length: 5000 }, () => randomBytes(24).toString('base64url')));
    const bytes = Buffer.alloc(10_000_000, noise(100_000));
    const startedAt = performance.now();

    const sightings = many.scan(bytes);

    expect(sightings).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
