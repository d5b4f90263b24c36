// What a login costs beside its hash: one at a time, against a bare route that computes the same hash.
import { underLoad } from '../load.ts';
import type { Rig } from '../rig.ts';
import { compared, difference, type Figure, interleave, type Pace } from '../rounds.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { type Entrance, entrancesOf } from './entrances.ts';

const PEOPLE = 64;

export async function measureLoginCost(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const { understudy, bare } = await entrancesOf(rig, await rig.populate(PEOPLE));
  pace.say('login cost');
  const medians = await interleave(pace, {
    understudy: () => usualLatency(understudy, pace),
    bare: () => usualLatency(bare, pace),
  });
  return [
    {
      name: 'login beside its hash, p50',
      unit: 'ms',
      value: compared(medians.understudy, medians.bare, difference),
      target: { atMost: 1 },
      parts: { 'understudy ms': spreadOf(medians.understudy), 'bare ms': spreadOf(medians.bare) },
    },
  ];
}

async function usualLatency(entrance: Entrance, { seconds }: Pace): Promise<number> {
  const { latenciesMs } = await underLoad({ ...entrance, inFlight: 1, warmUpMs: 300, windowMs: seconds * 1000 });
  return quantile(latenciesMs, 0.5);
}
