// Numbers as they stand on a command line.
import { Misuse } from './misuse.ts';

/** A whole number within bounds. @throws Misuse naming the option */
export function wholeNumber(text: string, option: string, [least, most]: readonly [number, number]): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Misuse(`${option} must be a whole number from ${least} to ${most}, not '${text}'`);
  return value;
}
