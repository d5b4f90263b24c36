// The law that whoever does not know a password cannot find out by their attempts who has an account, but for what a document demands.
import type { Heard } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { changed, type Trier } from './account-states.ts';
import { faceOf, newSource } from './faces.ts';
import { aStranger, invite, startWorld, STRICT, type World } from './somebody.ts';
import { EVERY_SPEAKER, type Speaker, told } from './speakers.ts';

const worlds = new Map<'documented' | 'strict', World>();
beforeAll(async () => {
  worlds.set('documented', await startWorld());
  worlds.set('strict', await startWorld({ settings: STRICT }));
});
afterAll(() => Promise.all([...worlds.values()].map(({ server }) => server.close())));

const worldOf = (policy: 'documented' | 'strict'): World => worlds.get(policy) as World;

/** Passwords that cannot be one. */
const UNFIT = ['', 'x'.repeat(2000), 'half a \ud83d', 12_345_678, null, true, ['x'], { x: 'x' }] as const;

/** ShopXO looks at names before it looks at passwords, and answers unknown ones first even when they are locked: its document says so. */
const namesFirst = ({ dialect }: Speaker): boolean => dialect === 'shopxo';

const CASES = EVERY_SPEAKER.flatMap((speaker) =>
  (['documented', 'strict'] as const).map((policy) => ({ speaker, policy, name: speaker.name })),
).filter(({ speaker, policy }) => policy === 'strict' || !namesFirst(speaker));

/** Gives a wrong password twelve times, and comes back whenever it may. */
async function twelve(world: World, speaker: Speaker, people: readonly Trier[]): Promise<readonly Heard[][]> {
  const sources = people.map(() => newSource());
  const heard: Heard[][] = people.map(() => []);
  for (const turn of Array(12).keys()) {
    for (const [index, person] of people.entries()) {
      const wrong = { ...person, password: `wrong-password-${turn}` };
      heard[index]?.push(await world.signIn(speaker, wrong, { from: sources[index] as string }));
    }
    // One wait of the ladder in the middle: what comes after it must be alike as well.
    if (turn === 7) world.server.clock.advance('61s');
  }
  return heard;
}

describe.each(CASES)('$name under the $policy policy', ({ speaker, policy }) => {
  it('R-22 says the same of a password that cannot be one, whoever the name belongs to', async () => {
    const world = worldOf(policy);
    const known = await invite(world);

    const heard: (readonly [string, string])[] = [];
    for (const password of UNFIT) {
      const fields = { [speaker.password]: password };
      const from = newSource();
      heard.push([
        faceOf(await world.signIn(speaker, known, { fields, from })),
        faceOf(await world.signIn(speaker, aStranger(), { fields, from })),
      ]);
    }

    expect(heard.filter(([ofKnown, ofUnknown]) => ofKnown !== ofUnknown)).toEqual([]);
  });

  it('R-28 locks known and unknown names after as many attempts, and for as long', async () => {
    const world = worldOf(policy);

    const [known = [], unknown = []] = await twelve(world, speaker, [await invite(world), aStranger()]);

    // Before a name is locked the document may say that nobody has it.
    const tellsOf = ({ headers }: Heard): unknown => headers['retry-after'];
    const whenLocked = (heard: readonly Heard[]): string[] => heard.filter((each) => tellsOf(each)).map(faceOf);
    expect(unknown.map(tellsOf)).toEqual(known.map(tellsOf));
    expect(whenLocked(unknown)).toEqual(whenLocked(known));
    expect(whenLocked(known).length).toBeGreaterThan(0);
  });
});

describe.each(EVERY_SPEAKER)('$name as its document answers', (speaker) => {
  it('R-25 says the same to a wrong password, whatever state the account is in', async () => {
    const world = worldOf('documented');
    const people = [
      await invite(world),
      await changed(world, { status: 'disabled' }),
      await changed(world, { status: 'pending' }),
      await changed(world, { status: 'muted' }),
      await changed(world, { isPasswordChangeDue: true }),
    ];

    const heard = await Promise.all(
      people.map((person) =>
        world.signIn(speaker, { ...person, password: 'not-this-password' }, { from: newSource() }),
      ),
    );

    expect(new Set(heard.map(faceOf)).size).toBe(1);
    expect(told(heard[0] as Heard)).toBe(speaker.answers.wrong);
  });
});
