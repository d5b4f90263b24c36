// Draws letters bent, tilted, overlapping and crossed by lines like their own: easy to read for people, hard to take apart for programs.
import type { Painter } from '#core';
import { Chance } from './chance.ts';
import { type Point, type Stroke, strokesOf } from './letterforms.ts';
import { pngOf } from './png.ts';
import { type Pen, Sheet } from './sheet.ts';

const HEIGHT = 48;
const LETTER_PITCH = 27;
const MARGIN = 14;
const LETTER = { width: 21, height: 29 };

/** Moves points of the sheet: the same bend for everything that is drawn on it. */
type Bend = (at: Point) => Point;

/** Draws PNGs, each within a millisecond or so. */
export class PngPainter implements Painter {
  readonly #chance = new Chance();

  paint(letters: string): Promise<Uint8Array> {
    const width = LETTER_PITCH * letters.length + 2 * MARGIN;
    const sheet = new Sheet(width, this.#chance.paper(width * HEIGHT));
    const bend = this.#bend();
    const ink = this.#chance.between(20, 90);
    for (const [index, letter] of letters.split('').entries()) this.#letter(sheet, { letter, index, bend, ink });
    for (let line = 0; line < letters.length / 2; line += 1) this.#crossing(sheet, ink);
    for (let speck = 0; speck < letters.length * 4; speck += 1) this.#speck(sheet, ink);
    return Promise.resolve(pngOf(sheet));
  }

  #letter(
    sheet: Sheet,
    { letter, index, bend, ink }: { letter: string; index: number; bend: Bend; ink: number },
  ): void {
    const place = this.#place(MARGIN + LETTER_PITCH * (index + 0.5));
    const pen = this.#pen(ink);
    for (const stroke of strokesOf(letter)) sheet.draw(finely(stroke).map(place).map(bend), pen);
  }

  /** Where the points of a letter's box go: turned, slanted, of its own size, and not quite where it belongs. */
  #place(middle: number): Bend {
    const chance = this.#chance;
    const turn = chance.around(0.32);
    const slant = chance.around(0.25);
    const [width, height] = [LETTER.width * chance.between(0.85, 1.2), LETTER.height * chance.between(0.85, 1.1)];
    const [left, top] = [middle + chance.around(3), HEIGHT / 2 + chance.around(3)];
    return ({ x, y }) => {
      const [across, down] = [(x - 0.5 + slant * (0.5 - y)) * width, (y - 0.5) * height];
      return {
        x: left + across * Math.cos(turn) - down * Math.sin(turn),
        y: top + across * Math.sin(turn) + down * Math.cos(turn),
      };
    };
  }

  /** Two waves across the whole sheet. */
  #bend(): Bend {
    const chance = this.#chance;
    const [high, wide] = [chance.between(2, 4), chance.between(1.5, 3)];
    const [highLength, wideLength] = [chance.between(24, 48), chance.between(14, 26)];
    const [highStart, wideStart] = [chance.between(0, 7), chance.between(0, 7)];
    return ({ x, y }) => ({
      x: x + wide * Math.sin((y / wideLength) * 2 + wideStart),
      y: y + high * Math.sin((x / highLength) * 2 + highStart),
    });
  }

  /** A line as thick and dark as the letters, from edge to edge and through them. */
  #crossing(sheet: Sheet, ink: number): void {
    const chance = this.#chance;
    const [from, to] = [chance.between(8, HEIGHT - 8), chance.between(8, HEIGHT - 8)];
    const [swing, length, start] = [chance.between(4, 10), chance.between(18, 40), chance.between(0, 7)];
    const along = Array.from({ length: sheet.width / 3 + 2 }, (_, step) => {
      const x = step * 3 - 3;
      return { x, y: from + ((to - from) * x) / sheet.width + swing * Math.sin(x / length + start) };
    });
    sheet.draw(along, { ...this.#pen(ink), width: chance.between(1.4, 2.4) });
  }

  /** A stray stroke the size of a letter's part. */
  #speck(sheet: Sheet, ink: number): void {
    const chance = this.#chance;
    const at = { x: chance.between(0, sheet.width), y: chance.between(0, HEIGHT) };
    const to = { x: at.x + chance.around(6), y: at.y + chance.around(6) };
    sheet.draw([at, to], { grey: ink + chance.between(0, 80), width: chance.between(0.8, 1.6) });
  }

  #pen(ink: number): Pen {
    return { width: this.#chance.between(2, 3.2), grey: Math.max(0, ink + this.#chance.around(20)) };
  }
}

/** A stroke with points close enough together to be bent. */
function finely(stroke: Stroke): Stroke {
  return stroke.flatMap((from, index) => {
    const to = stroke[index + 1];
    if (to === undefined) return [from];
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 0.15));
    return Array.from({ length: steps }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / steps,
      y: from.y + ((to.y - from.y) * step) / steps,
    }));
  });
}
