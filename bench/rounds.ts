// Interleaved rounds: every side is measured once a round, so that whatever else the machine does falls on all of them.
import type { CalmWatch } from './machine.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** How often and how long to measure. */
export interface Pace {
  readonly rounds: number;
  readonly seconds: number;
  readonly calm: CalmWatch;
  /** The servers' processes: what they use is no disturbance. */
  readonly ownProcesses: () => readonly number[];
  /** Told what is being done. */
  readonly say: (text: string) => void;
}

/** A figure of the table, with the target it is held to. */
export interface Figure {
  readonly name: string;
  readonly value: Spread;
  readonly unit: string;
  readonly target?: Target;
  /** What the figure was made of. */
  readonly parts: Readonly<Record<string, Spread>>;
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** Whether the median keeps the target; undefined when there is none. */
export function isKept({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'atLeast' in target ? value.median >= target.atLeast : value.median <= target.atMost;
}

/** A slice of one side: one number. */
export type Slice = () => Promise<number>;

/** One list of numbers a side, all of the same length: what belongs together has the same place. */
export async function interleave<Side extends string>(
  { rounds, calm, ownProcesses }: Pace,
  sides: Readonly<Record<Side, Slice>>,
): Promise<Record<Side, number[]>> {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first goes last next time: a drift of the machine favours nobody.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      results[name].push(await calm.undisturbed(sides[name], ownProcesses()));
    }
  }
  return results;
}

/** How one side compares with another, round by round. */
export function compared(
  ours: readonly number[],
  theirs: readonly number[],
  by: (our: number, their: number) => number,
): Spread {
  return spreadOf(ours.map((our, round) => by(our, theirs[round] ?? Number.NaN)));
}

export const ratio = (our: number, their: number): number => our / their;
