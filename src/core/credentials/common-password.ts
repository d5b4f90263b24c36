// Recognises what is tried first: a listed word, also between a few digits and signs or twice in a row; a walk over the keyboard; a date.

/** How passwords are compared with lists and names: composed, in small letters. */
export function foldPassword(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Whether the folded password is a word that is tried first, or hardly more than one. */
export function isHardlyMoreThan(folded: string, isTried: (word: string) => boolean): boolean {
  return barestOf(folded).some(isTried);
}

/** Whether the word follows a pattern everybody knows: runs over keyboard and alphabet, one character over and over, a date. */
export function isPattern(word: string): boolean {
  return word.length <= LONGEST_PATTERN && (isWalk(word) || DATE.test(word));
}

const SIGNS = /[!@#$%^&*.,?~]{1,3}$/;
const MOST_DIGITS_BEFORE = 4;
/** A date fits. */
const MOST_DIGITS_AFTER = 8;

/** The password, and what is left of it without the digits and signs people add when a rule demands some, or without its repetition. */
function barestOf(folded: string): readonly string[] {
  const bare = folded.replace(SIGNS, '');
  if (!/\D/.test(bare)) return [folded, bare];
  const before = Math.min(MOST_DIGITS_BEFORE, /^\d*/.exec(bare)?.[0].length ?? 0);
  const after = Math.min(MOST_DIGITS_AFTER, /\d*$/.exec(bare)?.[0].length ?? 0);
  const words = upTo(before).flatMap((start) => upTo(after).map((end) => bare.slice(start, bare.length - end)));
  return [folded, ...words, ...words.map(firstHalf)];
}

const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, count) => count);

/** Half of a text that is the same thing twice; any other text as it is. */
function firstHalf(word: string): string {
  const half = word.slice(0, word.length / 2);
  return half.repeat(2) === word ? half : word;
}

/** Longer ones are rarely tried. */
const LONGEST_PATTERN = 16;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const DATE = new RegExp(`^(?:${YEAR}${MONTH}${DAY}|${DAY}${MONTH}${YEAR}|${MONTH}${DAY}${YEAR})$`);

const FORWARD = [
  ['0123456789', '1234567890', 'abcdefghijklmnopqrstuvwxyz', '!@#$%^&*()', '147258369', '13579', '24680'],
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'qwertzuiop', 'yxcvbnm'],
  ['1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik', 'qazwsxedcrfvtgbyhnujmik', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0'],
].flat();
const TRACKS = [...FORWARD, ...FORWARD.map((track) => track.split('').toReversed().join(''))];

/** One look tells nearly always that a text begins with no run at all. */
const ALL_TRACKS = TRACKS.join('\n');

const SHORTEST_RUN = 3;

/** Made of nothing but runs. */
function isWalk(text: string): boolean {
  let rest = text;
  while (rest !== '') {
    const length = longestRun(rest);
    if (length < SHORTEST_RUN) return false;
    rest = rest.slice(length);
  }
  return true;
}

/** How many characters at the start follow one track, or are one and the same. */
function longestRun(text: string): number {
  const same = /^([ -~])\1*/.exec(text)?.[0].length ?? 0;
  if (!ALL_TRACKS.includes(text.slice(0, SHORTEST_RUN))) return same;
  return Math.max(same, ...TRACKS.map((track) => followed(track, text)));
}

function followed(track: string, text: string): number {
  const start = track.indexOf(text.slice(0, SHORTEST_RUN));
  if (start < 0) return 0;
  let length = 0;
  while (length < text.length && track[start + length] === text[length]) length += 1;
  return length;
}
