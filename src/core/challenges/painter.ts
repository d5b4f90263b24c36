// The port that draws letters for people to read and machines to struggle with.

/** Draws. */
export interface Painter {
  /** A PNG of the letters; never the same twice, and nothing in it but the drawing. */
  paint(letters: string): Promise<Uint8Array>;
}
