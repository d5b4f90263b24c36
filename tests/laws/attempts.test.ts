// Laws about attempts: they count across dialects and spellings, are reserved before anything is hashed, and never fool the owner.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aStranger, invite, type LoginFields, type Somebody, startWorld, type World } from './somebody.ts';
import { isLegal, type Speaker, EVERY_SPEAKER, told } from './speakers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { 'kdf.waitMs': 30_000 } });
});
afterAll(() => world.server.close());

/** Gives a wrong password so many times, one after the other. */
async function fail(speaker: Speaker, person: Omit<Somebody, 'account'>, times: number): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const turn of Array(times).keys()) {
    const heard = await world.signIn(speaker, { ...person, password: `wrong-password-${turn}` });
    answers.push(told(heard));
  }
  return answers;
}

/** How many passwords were compared with the hash of an account, or of nobody, while something was done. */
async function comparisons(
  act: () => Promise<unknown>,
): Promise<{ readonly verified: number; readonly decoys: number }> {
  const { passwords } = world.server.house;
  const before = passwords.stats();
  await act();
  const after = passwords.stats();
  return { verified: after.verifications - before.verifications, decoys: after.decoys - before.decoys };
}

const all = <T>(count: number, act: (turn: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, turn) => act(turn)));

describe.each(EVERY_SPEAKER)('five wrong passwords given to $name', (speaker) => {
  it('R-32 lock the account in every other dialect as well, right password or not', async () => {
    const person = await invite(world);

    const wrong = await fail(speaker, person, 5);

    const others = await Promise.all(
      EVERY_SPEAKER.map(async (other) => [other, await world.signIn(other, person)] as const),
    );
    expect(wrong).toEqual(Array(5).fill(speaker.answers.wrong));
    expect(
      others.map(([other, heard]) => [other.name, other.answers.locked.test(told(heard)), isLegal(other, heard)]),
    ).toEqual(EVERY_SPEAKER.map(({ name }) => [name, true, true]));
    expect(others.every(([, { headers }]) => Number(headers['retry-after']) > 0)).toBe(true);
  });

  it('are forgotten by a right one among them', async () => {
    const person = await invite(world);

    await fail(speaker, person, 4);
    const right = await world.signIn(speaker, person);
    const again = await fail(speaker, person, 4);

    expect(speaker.tokenIn(right)).toBeDefined();
    expect(again).toEqual(Array(4).fill(speaker.answers.wrong));
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });

  it('lock for a minute, as the answer says, and no longer', async () => {
    const person = await invite(world);
    await fail(speaker, person, 5);

    const { headers } = await world.signIn(speaker, person);
    world.server.clock.advance('61s');

    expect(headers['retry-after']).toBe('60');
    expect(speaker.tokenIn(await world.signIn(speaker, person))).toBeDefined();
  });

  it('R-28 look the same for a name nobody has', async () => {
    const [known, unknown] = [await invite(world), aStranger()];

    const ofKnown = await comparisons(() => fail(speaker, known, 12));
    const ofUnknown = await comparisons(() => fail(speaker, unknown, 12));

    expect(ofKnown).toEqual({ verified: 5, decoys: 0 });
    expect(ofUnknown).toEqual({ verified: 0, decoys: 5 });
  });
});

describe('wrong passwords spread over all logins', () => {
  it('R-32 are five in all', async () => {
    const person = await invite(world);

    const { verified } = await comparisons(async () => {
      for (const speaker of EVERY_SPEAKER) await fail(speaker, person, 2);
    });

    expect(verified).toBe(5);
  });

  const spellings: readonly (readonly [string, Speaker['name'], (person: Somebody) => LoginFields])[] = [
    ['letter case', 'nobase.login', ({ username }) => ({ user: username.toUpperCase() })],
    ['full-width letters', 'nobase.login', ({ username }) => ({ user: username.replace('user', 'ｕｓｅｒ') })],
    ['outer spaces', 'nobase.login', ({ username }) => ({ user: ` ${username} ` })],
    ['another identifier', 'nobase.login', ({ email }) => ({ user: email.toUpperCase() })],
    ['a country prefix', 'weidu.login', ({ mobile }) => ({ login_id: `+86${mobile}` })],
    ['an old country prefix', 'weidu.login', ({ mobile }) => ({ login_id: `0086 ${mobile}` })],
    ['full-width digits', 'weidu.login', ({ mobile }) => ({ login_id: mobile.replaceAll('9', '９') })],
    ['a small x', 'aegisspeed.login', ({ idNumber }) => ({ user_id: idNumber.toLowerCase() })],
    [
      'a small AegisSpeed ID',
      'aegisspeed.admin-login',
      ({ aegisSpeedId }) => ({ user_AegisSpeed_id: aegisSpeedId.toLowerCase() }),
    ],
    ['a number as a number', 'shopxo.login', ({ mobile }) => ({ accounts: Number(mobile) })],
  ];

  it('R-33 are five in all, however the person is called', async () => {
    const person = await invite(world);

    const { verified, decoys } = await comparisons(async () => {
      for (const [, name, fields] of spellings) {
        const speaker = EVERY_SPEAKER.find((each) => each.name === name) as Speaker;
        await world.signIn(speaker, { ...person, password: 'wrong-password' }, { fields: fields(person) });
      }
    });

    expect({ verified, decoys }).toEqual({ verified: 5, decoys: 0 });
  });

  it.each(spellings)('R-33 find the same person by %s', async (_, name, fields) => {
    const person = await invite(world);
    const speaker = EVERY_SPEAKER.find((each) => each.name === name) as Speaker;

    const heard = await world.signIn(speaker, person, { fields: fields(person) });

    expect(speaker.tokenIn(heard)).toBeDefined();
  });
});

describe('many guesses at once', () => {
  it.each([10, 50, 200])('R-29 are five at most out of %i, over all logins together', async (count) => {
    const person = await invite(world);
    const speakerOf = (turn: number) => EVERY_SPEAKER[turn % EVERY_SPEAKER.length] as Speaker;

    const { verified } = await comparisons(() =>
      all(count, (turn) => world.signIn(speakerOf(turn), { ...person, password: `guess-${turn}` })),
    );

    expect(verified).toBe(5);
  });

  it('R-29 do not find the right one among two hundred, unless it was among the first five', async () => {
    const person = await invite(world);
    const [speaker] = EVERY_SPEAKER as readonly [Speaker];
    await fail(speaker, person, 4);

    const heard = await all(200, (turn) =>
      world.signIn(speaker, turn === 199 ? person : { ...person, password: `guess-${turn}` }),
    );

    expect(heard.filter((each) => speaker.tokenIn(each) !== undefined)).toEqual([]);
    expect(heard.every((each) => isLegal(speaker, each))).toBe(true);
  });
});

describe('many right logins at once', () => {
  it.each(EVERY_SPEAKER)('R-30 all succeed through $name', async (speaker) => {
    const person = await invite(world);

    const heard = await all(20, () => world.signIn(speaker, person));

    expect(heard.map((each) => speaker.tokenIn(each)).filter((token) => token === undefined)).toEqual([]);
    expect(await fail(speaker, person, 4)).toEqual(Array(4).fill(speaker.answers.wrong));
  });

  it('R-30 all succeed though a wrong one is among them', async () => {
    const person = await invite(world);
    const [speaker] = EVERY_SPEAKER as readonly [Speaker];

    const heard = await all(20, (turn) =>
      world.signIn(speaker, turn === 3 ? { ...person, password: 'wrong-password' } : person),
    );

    expect(heard.filter((each) => speaker.tokenIn(each) !== undefined)).toHaveLength(19);
  });
});
