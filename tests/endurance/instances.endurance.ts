// Two servers behind nginx for minutes: first left alone, then restarted and killed again and again.
import { setTimeout as pause } from 'node:timers/promises';

import { SMALL_HEAP } from '#tests/support/child-server';
import { expect, it } from 'vitest';

import { Fleet, type Which } from '../postgres/instances/fleet.ts';
import { type Mishap, NO_LOSS, Traffic } from '../postgres/instances/traffic.ts';
import { growthInTenMinutes, type Held, heldBy, machine, tableOf } from './figures.ts';

const SECONDS = Number(process.env['ENDURANCE_SECONDS'] ?? 600);
const SAMPLE_MS = 1000;
const ROUND_MS = 6000;
/** Until the proxy has tried in vain. */
const AFTER_A_KILL_MS = 1000;
/** What is still growing into its size at first is not looked at. */
const WARM_UP = 0.3;

const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

/** Looks at both servers once a second. */
async function leftAlone(fleet: Fleet, seconds: number): Promise<readonly (readonly Held[])[]> {
  const startedAt = performance.now();
  const held: [Held[], Held[]] = [[], []];
  while (performance.now() - startedAt < seconds * 1000) {
    for (const which of [0, 1] as const) held[which].push(heldBy(fleet.server(which), startedAt));
    await pause(SAMPLE_MS);
  }
  return held.map((series) => series.slice(Math.floor(series.length * WARM_UP)));
}

/** One after the other is restarted in good order, or killed and started again; when the kills were. */
async function shaken(
  fleet: Fleet,
  seconds: number,
): Promise<{ readonly kills: readonly number[]; readonly restarts: number }> {
  const startedAt = performance.now();
  const kills: number[] = [];
  let round = 0;
  for (; performance.now() - startedAt < seconds * 1000; round += 1) {
    const which = (round % 2) as Which;
    if (round % 4 < 2) await fleet.restart(which);
    else {
      kills.push(performance.now());
      await fleet.server(which).kill();
      await fleet.start(which);
    }
    await pause(ROUND_MS);
  }
  return { kills, restarts: round - kills.length };
}

const isAroundAKill =
  (kills: readonly number[]) =>
  ({ at, tookMs }: Mishap): boolean =>
    kills.some((kill) => at < kill + AFTER_A_KILL_MS && at + tookMs > kill);

it('R-104 R-98 R-96 leaves no trace in its servers, drops nothing, and loses nothing', async () => {
  const fleet = await Fleet.raise(SMALL_HEAP);
  const alone = new Traffic(fleet);
  const beganAt = performance.now();
  await alone.begin();
  const held = await leftAlone(fleet, SECONDS / 2);
  await alone.end();
  const aloneSeconds = (performance.now() - beganAt) / 1000;
  const loss = await alone.audit(0);
  const rough = new Traffic(fleet);
  await rough.begin();
  const { kills, restarts } = await shaken(fleet, SECONDS / 2);
  await rough.end();
  const losses = [loss, await rough.audit(0), await rough.audit(1)];

  const unexplained = rough.mishaps.filter((mishap) => !isAroundAKill(kills)(mishap));
  print(
    `\n${machine()}; ${SECONDS} s`,
    tableOf(alone, aloneSeconds),
    ...held.map(
      (series, which) =>
        `server ${which}: ${series.at(0)?.mebibytes.toFixed(0)} to ${series.at(-1)?.mebibytes.toFixed(0)} MiB (${growthInTenMinutes(series, 'mebibytes').toFixed(1)} in ten minutes), ` +
        `${series.at(0)?.files} to ${series.at(-1)?.files} files`,
    ),
    `then ${restarts} restarts and ${kills.length} kills: ${Object.values(rough.answered).reduce((sum, each) => sum + each, 0)} answered, ` +
      `${rough.mishaps.length - unexplained.length} cut off by kills, ${unexplained.length} otherwise`,
    `lost: ${JSON.stringify(losses)}`,
  );
  expect(alone.mishaps).toEqual([]);
  expect(unexplained).toEqual([]);
  expect(losses).toEqual([NO_LOSS, NO_LOSS, NO_LOSS]);
  expect(
    held.map((series) => (series.at(-1)?.files ?? 0) - (series.at(0)?.files ?? 0)).filter((more) => more > 20),
  ).toEqual([]);
});
