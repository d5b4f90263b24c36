// A file that is written from code.

/** One generated file: where it lies and how its text comes about. The text is formatted as it is to be stored. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: () => string | Promise<string>;
}
