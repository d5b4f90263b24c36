// A sheet of grey pixels, on which lines are drawn with soft edges.
import type { Point, Stroke } from './letterforms.ts';

/** What is drawn with. */
export interface Pen {
  /** Thickness, in pixels. */
  readonly width: number;
  /** 0 is black. */
  readonly grey: number;
}

/** Draws. Beyond its edges nothing happens. */
export class Sheet {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  /** @param paper its pixels, row by row */
  constructor(width: number, paper: Uint8Array) {
    this.width = width;
    this.height = paper.length / width;
    this.pixels = paper;
  }

  /** A line along the points. */
  draw(along: Stroke, pen: Pen): void {
    for (const [index, from] of along.entries()) {
      const to = along[index + 1];
      if (to !== undefined) this.#segment(from, to, pen);
    }
  }

  #segment(from: Point, to: Point, { width, grey }: Pen): void {
    const reach = width / 2 + 1;
    const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
    const right = Math.min(this.width - 1, Math.ceil(Math.max(from.x, to.x) + reach));
    const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(from.y, to.y) + reach));
    const segment = { from, dx: to.x - from.x, dy: to.y - from.y };
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const cover = width / 2 + 0.5 - distance(x, y, segment);
        if (cover > 0) this.#ink(y * this.width + x, Math.min(1, cover), grey);
      }
    }
  }

  #ink(index: number, cover: number, grey: number): void {
    const before = this.pixels[index] ?? 0;
    this.pixels[index] = Math.min(before, Math.round(before + (grey - before) * cover));
  }
}

interface Segment {
  readonly from: Point;
  readonly dx: number;
  readonly dy: number;
}

/** How far a pixel is from a line. Asked so often that it makes no objects. */
function distance(x: number, y: number, { from, dx, dy }: Segment): number {
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  const nearest = Math.max(0, Math.min(1, share));
  const offX = x - from.x - nearest * dx;
  const offY = y - from.y - nearest * dy;
  return Math.sqrt(offX * offX + offY * offY);
}
