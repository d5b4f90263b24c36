// Token checks of one server and of two on one PostgreSQL of a size, against a bare check: same POST, SHA-256, a cache hit.
import type { Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { type Size, sizedStore, type SizedStore } from '../sized-store.ts';
import { spreadOf } from '../statistics.ts';
import { type Checked, checksAt, checksAtBare, type CheckedTokens, checksUnderLoad } from './token-checks.ts';

const CHECKED_PEOPLE = 64;
/** Together they get what one gets alone. */
const SIDES = 2;

export async function measureInstances(
  rig: Rig,
  pace: Pace,
  { accounts }: Pick<Size, 'accounts'>,
): Promise<readonly Figure[]> {
  pace.say(`instances: ${accounts} accounts`);
  const store = await sizedStore(rig, { accounts, engine: 'postgres' });
  const warm = await pairOn(rig, store, {});
  const database = await pairOn(rig, store, { UNDERSTUDY_CACHE_SESSIONS: '0' });
  const bare = await checksAtBare(await rig.startBare(await rig.populate(1)), warm[0]);
  pace.say('instances: token checks');
  const one = (side: Checked) => async () => (await checksUnderLoad(side, pace)).perSecond;
  const both = (sides: readonly Checked[]) => async () => {
    const results = await Promise.all(sides.map((side) => checksUnderLoad(side, pace, SIDES)));
    return results.reduce((sum, { perSecond }) => sum + perSecond, 0);
  };
  const rates = await interleave(pace, {
    bare: one(bare),
    warmOne: one(warm[0]),
    warmTwo: both(warm),
    databaseOne: one(database[0]),
    databaseTwo: both(database),
  });
  const figure = (name: string, ours: readonly number[]): Figure => ({
    name: `token checks, ${name}, ${accounts.toLocaleString('en')} accounts on postgres`,
    unit: '× bare',
    value: compared(ours, rates.bare, ratio),
    parts: { 'understudy/s': spreadOf(ours), 'bare/s': spreadOf(rates.bare) },
  });
  return [
    figure('warm, one server', rates.warmOne),
    figure('warm, two servers', rates.warmTwo),
    figure('database, one server', rates.databaseOne),
    figure('database, two servers', rates.databaseTwo),
  ];
}

/** Two servers on one store, both asked about the same tokens. */
async function pairOn(
  rig: Rig,
  { dataDir, environment, app, people }: SizedStore,
  more: Readonly<Record<string, string>>,
): Promise<readonly [CheckedTokens, CheckedTokens]> {
  const [first, second] = [
    await rig.serve(dataDir, { ...environment, ...more }),
    await rig.serve(dataDir, { ...environment, ...more }),
  ];
  const checks = await checksAt(first, app, people.slice(0, CHECKED_PEOPLE));
  return [checks, { ...checks, port: second.port }];
}
