// The letters pictures are drawn with: our own strokes, for no font is sure to be on the machine.

/** A point in a letter's box, 0 to 1 in both directions, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

/** Columns and rows of the grid the strokes are noted on. */
const COLUMNS = 6;
const ROWS = 8;

/** Each stroke is a row of points, column and row; with a tilde it is a curve along them. */
// oxfmt-ignore
const FORMS: Readonly<Record<string, readonly string[]>> = {
  '2': ['~02 01 20 40 61 63 44 08', '08 68'],
  '3': ['~01 10 50 61 63 44 24', '~24 44 65 67 48 18 07'],
  '4': ['40 05 65', '42 48'],
  '5': ['60 10 03', '~03 33 64 66 48 18 07'],
  '6': ['~50 20 03 06 28 48 66 64 44 14 05'],
  '7': ['00 60 28'],
  '8': ['~30 10 02 14 34', '~30 50 62 54 34', '~34 14 06 18 38', '~34 54 66 58 38'],
  '9': ['~18 38 65 62 40 20 02 04 24 54 63'],
  A: ['08 30 68', '15 55'],
  B: ['00 08', '~00 40 61 63 44 04', '~04 44 65 67 48 08'],
  C: ['~61 40 20 02 06 28 48 67'],
  D: ['00 08', '~00 30 62 66 38 08'],
  E: ['60 00 08 68', '04 44'],
  F: ['60 00 08', '04 44'],
  G: ['~61 40 20 02 06 28 48 66', '66 64 34'],
  H: ['00 08', '60 68', '04 64'],
  J: ['20 60', '~50 55 57 38 18 06'],
  K: ['00 08', '60 05', '23 68'],
  L: ['00 08 68'],
  M: ['08 00 34 60 68'],
  N: ['08 00 68 60'],
  P: ['00 08', '~00 40 61 63 44 04'],
  Q: ['~30 10 02 06 18 38', '~30 50 62 66 58 38', '45 68'],
  R: ['00 08', '~00 40 61 63 44 04', '34 68'],
  S: ['~61 50 20 02 13 44 65 67 48 18 07'],
  T: ['00 60', '30 38'],
  U: ['~00 04 07 28 48 67 64 60'],
  V: ['00 38 60'],
  W: ['00 18 32 48 60'],
  X: ['00 68', '60 08'],
  Y: ['00 34 60', '34 38'],
  Z: ['00 60 08 68'],
};

/** The strokes of a letter; none for a character that cannot be drawn. */
export function strokesOf(letter: string): readonly Stroke[] {
  return (FORMS[letter] ?? []).map((note) => (note.startsWith('~') ? curve(points(note.slice(1))) : points(note)));
}

function points(note: string): Stroke {
  return note.split(' ').map((pair) => ({ x: Number(pair[0]) / COLUMNS, y: Number(pair[1]) / ROWS }));
}

/** Corners cut twice, which is curve enough for a letter that will be bent anyway. */
function curve(along: Stroke): Stroke {
  return cutCorners(cutCorners(along));
}

function cutCorners(along: Stroke): Stroke {
  const [first, last] = [along[0], along.at(-1)];
  if (first === undefined || last === undefined) return along;
  const cut = along.flatMap((from, index) => {
    const to = along[index + 1];
    return to === undefined ? [] : [between(from, to, 0.25), between(from, to, 0.75)];
  });
  return [first, ...cut, last];
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
