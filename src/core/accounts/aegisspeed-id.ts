// The series of AegisSpeed IDs: ASD000001 to ASD999999, then six places of base 36 that hold at least one letter.

const PREFIX = 'ASD';
const PLACES = 6;
const DIGITS = Array.from({ length: 36 }, (_, value) => value.toString(36).toUpperCase());
const LAST_DECIMAL = 10 ** PLACES - 1;

/** How many endings of that many places there are, given whether a letter stands before them already. */
const endings = (places: number, hasLetter: boolean): number => 36 ** places - (hasLetter ? 0 : 10 ** places);

/** The ending with that rank (from 0), in order, among those that hold a letter. */
function lettered(rank: number): string {
  let text = '';
  let left = rank;
  let hasLetter = false;
  for (let places = PLACES - 1; places >= 0; places -= 1) {
    const digit = DIGITS.findIndex((symbol) => {
      const here = endings(places, hasLetter || symbol >= 'A');
      if (left < here) return true;
      left -= here;
      return false;
    });
    hasLetter ||= digit >= 10;
    text += DIGITS[digit];
  }
  return text;
}

/**
 * The n-th ID of the series, counted from 1. No two numbers give the same ID.
 * @throws RangeError beyond the last one
 */
export function aegisSpeedId(n: number): string {
  const isInSeries = Number.isSafeInteger(n) && n >= 1 && n <= LAST_DECIMAL + endings(PLACES, false);
  if (!isInSeries) throw new RangeError('the series of AegisSpeed IDs is exhausted');
  return PREFIX + (n <= LAST_DECIMAL ? String(n).padStart(PLACES, '0') : lettered(n - LAST_DECIMAL - 1));
}
