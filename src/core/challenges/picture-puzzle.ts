// The challenge that is a drawn picture: letters to be read and typed.
import type { Randomness } from '../kernel/ports.ts';
import { Secret } from '../kernel/secret.ts';
import type { Painter } from './painter.ts';
import { pictureLetters, pictureText } from './picture-text.ts';
import type { Posed, Puzzle } from './puzzle.ts';

/** What drawing a puzzle needs. */
export interface PictureDeps {
  readonly painter: Painter;
  readonly randomness: Randomness;
}

/** Six letters where no form says otherwise: 30 bits. */
const LETTERS = 6;

/** Draws a puzzle of so many letters. */
export async function drawPuzzle({ painter, randomness }: PictureDeps, length: number): Promise<DrawnPuzzle> {
  const letters = randomness.text(pictureLetters(length));
  return { picture: await painter.paint(letters), key: pictureText(new Secret(letters)) };
}

/** A picture, and what it says. */
export interface DrawnPuzzle {
  readonly picture: Uint8Array;
  readonly key: Secret;
}

/** The letters are the key: whoever has read them has solved it. */
export class PicturePuzzle implements Puzzle {
  readonly #deps: PictureDeps;

  constructor(deps: PictureDeps) {
    this.#deps = deps;
  }

  async pose(): Promise<Posed> {
    const { picture, key } = await drawPuzzle(this.#deps, LETTERS);
    return { shown: { kind: 'picture', picture }, key };
  }

  keyIn(answer: Secret): Secret {
    return pictureText(answer);
  }

  isSolved(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
