// What a command has to say when it is done, for people and for programs.
import type { JsonValue } from '#core';
import { harmless } from './terminal.ts';

/** The outcome of a command. */
export interface Report {
  /** For people; lines without a newline at the end. Nothing is printed when it is empty. */
  readonly text: string;
  /** The same for programs (`--json`); null when there is nothing to say. */
  readonly json: JsonValue;
  /** 0 unless something was refused. */
  readonly exitCode?: 0 | 1;
}

/** Rows as aligned columns under a heading; cells are made harmless for a terminal. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heading, ...rows.map((row) => row.map(harmless))];
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

/** Names and values, one a line, values aligned. */
export function listing(entries: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length)) + 2;
  return entries.map(([name, value]) => `${name.padEnd(width)}${harmless(value)}`.trimEnd()).join('\n');
}

/** Columns a text takes: a character of the far east takes two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return width;
}
