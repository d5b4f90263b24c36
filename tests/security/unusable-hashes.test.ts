// What is no password hash is nobody's password, whatever is typed.
import { logOf } from '#tests/support/log-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { isLegal, type Speaker, SPEAKERS } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  // Ten is the most; eight passwords are tried on each account.
  world = await startWorld({ settings: { 'budgets.account.failures': 10, 'kdf.waitMs': 30_000 } });
});
afterAll(() => world.server.close());

const HASHES: readonly (readonly [string, string | null])[] = [
  ['no hash', null],
  ['an empty one', ''],
  ['a star', '*'],
  ['an exclamation mark', '!'],
  ['the word null', 'null'],
  ['a password in clear', 'garbage'],
  ['an MD5 sum of nothing', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['an Argon2 hash without a tag', '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$'],
  [
    'an Argon2 hash that would take four gibibytes',
    '$argon2id$v=19$m=4194304,t=100,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ],
];

const PASSWORDS = ['', 'null', 'undefined', '*', '!', 'garbage', 'false', 'd41d8cd98f00b204e9800998ecf8427e'];

/** Puts a hash where no operator could put it. */
async function plant(hash: string | null): Promise<void> {
  person = await invite(world);
  const { clock, stores } = world.server.house;
  const at = clock.now();
  await stores.accounts.setPassword(person.account.id, hash, {
    at,
    act: 'account.set-password',
    outcome: 'success',
    source: 'cli',
  });
}

describe('an account whose stored hash is none', () => {
  it.each(HASHES)('R-17 lets nobody in: %s', async (_, hash) => {
    await plant(hash);

    const heard = await Promise.all(
      PASSWORDS.map(async (password, turn) => {
        const speaker = SPEAKERS[turn % SPEAKERS.length] ?? SPEAKERS[0];
        return speaker && { speaker, heard: await world.signIn(speaker, { ...person, password }) };
      }),
    );

    expect(heard.map((each) => each?.speaker.tokenIn(each.heard))).toEqual(PASSWORDS.map(() => undefined));
    expect(
      heard.every((each) => each !== undefined && isLegal(each.speaker, each.heard) && each.heard.status < 500),
    ).toBe(true);
    expect(logOf(world.server).filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('R-16 costs no more than any other, however dear its hash claims to be', async () => {
    const [speaker] = SPEAKERS as readonly [Speaker];
    await plant(HASHES.at(-1)?.[1] ?? null);
    const before = process.memoryUsage.rss();

    await Promise.all(Array.from({ length: 4 }, () => world.signIn(speaker, person)));

    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
  });
});
