// One source file, read and parsed, and what a rule finds in it.
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';

import { type Comment, type Program, parseSync } from 'oxc-parser';

/** A parsed file. `path` is relative to the project and uses forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** One breach of one rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** Looks at one file at a time. */
export type Rule = (source: Source) => Finding[];

/** Parses a text as if it stood at `path`. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  const [first] = errors;
  if (first) throw new Error(`${path} does not parse: ${first.message}`);
  return { path, text, program, comments };
}

/** Every file that matches `pattern`, in a stable order. */
export function readSources(pattern: string): Source[] {
  const paths = globSync(pattern).map((path) => path.replaceAll(sep, '/'));
  return paths.toSorted().map((path) => parseSource(path, readFileSync(path, 'utf8')));
}

/** The line an offset falls on, counted from one. */
export function lineAt(source: Source, offset: number): number {
  return source.text.slice(0, offset).split('\n').length;
}

/** How many lines the file has; a final newline does not begin another. */
export function lineCount(source: Source): number {
  return source.text.replace(/\n$/, '').split('\n').length;
}

/** Shipped code under src: neither a test nor a contract nor generated. */
export function isShipped(source: Source): boolean {
  return !/\.(test|contract|generated)\.ts$/.test(source.path);
}
