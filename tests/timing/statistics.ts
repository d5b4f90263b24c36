// Tells whether two kinds of attempt can be told apart by how long they take: by ranks, because means and medians miss small leaks.

/** How well two lists of durations can be told apart. */
export interface Separation {
  /** The chance that one of the second list took longer than one of the first: 0.5 is a coin, 0 and 1 are certainty. */
  readonly auc: number;
  /** The same for how far from the middle they lie: two lists may have one middle and yet different shapes. */
  readonly shape: number;
  /** What `auc` would have been had every one of the second list taken longer by the planted leak: shows that the instrument is not blind. */
  readonly aucWithLeak: number;
  /** Median of the second list by that of the first: a leak of a few per cent hides in it. */
  readonly ratio: number;
}

/** The leak every measurement must be able to see. */
export const LEAK_MS = 0.5;

/** How many attempts, and how far from a coin the answer may be. */
export interface Gate {
  readonly trials: number;
  readonly within: number;
}

/** By chance alone, one round in a thousand falls outside of its gate. */
export const GATES = {
  short: { trials: 400, within: 0.1 },
  full: { trials: 1600, within: 0.05 },
} as const satisfies Record<string, Gate>;

/** Compares two lists of durations, milliseconds. */
export function separate(first: readonly number[], second: readonly number[]): Separation {
  const slowed = second.map((duration) => duration + LEAK_MS);
  const middle = medianOf([...first, ...second]);
  const astray = (durations: readonly number[]): number[] => durations.map((duration) => Math.abs(duration - middle));
  return {
    auc: rankAuc(first, second),
    shape: rankAuc(astray(first), astray(second)),
    aucWithLeak: rankAuc(first, slowed),
    ratio: medianOf(second) / medianOf(first),
  };
}

/** `even`: nobody could tell the two apart, by an instrument that would have seen the leak. `blind`: it would not have. */
export type Verdict = 'even' | 'uneven' | 'blind';

/** What a comparison comes to. */
export function judge({ auc, shape, aucWithLeak }: Separation, { within }: Gate): Verdict {
  const isLikeACoin = (value: number): boolean => Math.abs(value - 0.5) <= within;
  if (!isLikeACoin(auc) || !isLikeACoin(shape)) return 'uneven';
  return isLikeACoin(aucWithLeak) ? 'blind' : 'even';
}

/** Mann-Whitney: the share of pairs in which the second is the larger; a tie counts half. @throws RangeError when a list is empty */
export function rankAuc(first: readonly number[], second: readonly number[]): number {
  if (first.length === 0 || second.length === 0) throw new RangeError('nothing was measured');
  const sorted = first.toSorted((one, other) => one - other);
  const below = second.reduce((sum, value) => sum + (placeOf(sorted, value) + placeAfter(sorted, value)) / 2, 0);
  return below / (first.length * second.length);
}

/** How many of a sorted list are smaller. */
function placeOf(sorted: readonly number[], value: number): number {
  return cut(sorted, (each) => each < value);
}

/** How many of a sorted list are not larger. */
function placeAfter(sorted: readonly number[], value: number): number {
  return cut(sorted, (each) => each <= value);
}

/** The length of the beginning of which something holds. */
function cut(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
