// A command line that cannot be carried out as it was written.

/** Told in one line on stderr; the program exits with 2. */
export class Misuse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Misuse';
  }
}
