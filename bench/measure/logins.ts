// Logins per second against a bare route that computes the same hash, and the hash rate without any server.
import { verify } from '@node-rs/argon2';
import type { Person } from '../people.ts';
import { underLoad } from '../load.ts';
import type { Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { type Entrance, entrancesOf } from './entrances.ts';

const PEOPLE = 64;

/** How many at once, and the share of the bare rate that is asked for. */
const LEVELS = [
  { inFlight: 2, atLeast: 0.85 },
  { inFlight: 8, atLeast: 0.95 },
  { inFlight: 32, atLeast: 0.95 },
] as const;

const NAKED_AT_ONCE = 2;

export async function measureLogins(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const population = await rig.populate(PEOPLE);
  const { understudy, bare } = await entrancesOf(rig, population);
  const figures: Figure[] = [];
  for (const { inFlight, atLeast } of LEVELS) {
    pace.say(`logins, ${inFlight} in flight`);
    const rates = await interleave(pace, {
      understudy: () => loginsPerSecond(understudy, inFlight, pace),
      bare: () => loginsPerSecond(bare, inFlight, pace),
      naked: () => hashesPerSecond(population.people, pace),
    });
    figures.push({
      name: `logins, ${inFlight} in flight`,
      unit: '× bare',
      value: compared(rates.understudy, rates.bare, ratio),
      target: { atLeast },
      parts: {
        'understudy/s': spreadOf(rates.understudy),
        'bare/s': spreadOf(rates.bare),
        'naked/s': spreadOf(rates.naked),
      },
    });
  }
  return figures;
}

async function loginsPerSecond(entrance: Entrance, inFlight: number, { seconds }: Pace): Promise<number> {
  return (await underLoad({ ...entrance, inFlight, warmUpMs: 300, windowMs: seconds * 1000 })).perSecond;
}

/** As fast as this machine verifies, without a server and without a client. */
async function hashesPerSecond(people: readonly Person[], { seconds }: Pace): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let done = 0;
  const hashOn = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const person = people[done % people.length];
      done += 1;
      if (person === undefined || !(await verify(person.passwordHash, person.password)))
        throw new Error('a right password was refused');
    }
  };
  await Promise.all(Array.from({ length: NAKED_AT_ONCE }, hashOn));
  return (done * 1000) / (performance.now() - startedAt);
}
