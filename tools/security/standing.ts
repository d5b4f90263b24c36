// How a requirement stands: derived from the tests that carry its number and from what was measured, never typed.
import type { Measurement } from '../../tests/timing/rounds.ts';
import type { NumberedTest } from './numbered-tests.ts';
import type { Chapter, Requirement } from './requirements.ts';

/**
 * `in part`: something of it waits, or is measured and was not yet. `missed`: measured, and not met. `waits`: for something that does
 * not exist. `open`: nothing says that it holds.
 */
export type Standing = 'tested' | 'measured' | 'in part' | 'missed' | 'waits' | 'open';

/** What there is to go by. */
export interface Evidence {
  readonly tests: readonly NumberedTest[];
  readonly measurements: readonly Pick<Measurement, 'requirement' | 'verdict'>[];
  /** Requirements that are a matter of time or chance, and so of measurement. */
  readonly measured: readonly Measurement['requirement'][];
}

/** How it stands. */
export function standingOf({ number, waits }: Requirement, { tests, measurements, measured }: Evidence): Standing {
  const own = measurements.filter(({ requirement }) => requirement === `R-${number}`);
  if (own.some(({ verdict }) => verdict === 'uneven')) return 'missed';
  const isTested = tests.some(({ numbers }) => numbers.includes(number));
  const isDue =
    own.some(({ verdict }) => verdict === 'blind') || (own.length === 0 && measured.includes(`R-${number}`));
  if (!isTested && own.length === 0) return waits === undefined ? 'open' : 'waits';
  if (waits !== undefined || isDue) return 'in part';
  return own.length > 0 ? 'measured' : 'tested';
}

/** @throws Error naming the tests whose number nobody has heard of */
export function assertNumbersExist(tests: readonly NumberedTest[], chapters: readonly Chapter[]): void {
  const known = new Set(chapters.flatMap(({ requirements }) => requirements.map(({ number }) => number)));
  const strange = tests.filter(({ numbers }) => numbers.some((number) => !known.has(number)));
  if (strange.length === 0) return;
  const places = strange.map(({ path, line, name, numbers }) => `${path}:${line} R-${numbers.join(' R-')} ${name}`);
  throw new Error(`there is no such requirement:\n${places.join('\n')}`);
}
