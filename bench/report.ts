// Prints the figures: as a table for people, as JSON for programs.
import type { Machine } from './machine.ts';
import { type Figure, isKept, type Target } from './rounds.ts';
import type { Spread } from './statistics.ts';

/** Everything one run found out. */
export interface Findings {
  readonly machine: Machine;
  readonly rounds: number;
  readonly seconds: number;
  /** Share of the slices during which other programs kept the machine busy. */
  readonly disturbedShare: number;
  readonly figures: readonly Figure[];
}

export function asJson(findings: Findings): string {
  const figures = findings.figures.map((figure) => ({ ...figure, isKept: isKept(figure) }));
  return JSON.stringify({ ...findings, figures }, undefined, 2);
}

export function asTable({ machine, rounds, seconds, disturbedShare, figures }: Findings): string {
  const { cpu, cores, memoryGiB, node } = machine;
  const disturbed = `${Math.round(disturbedShare * 100)} % of the slices were disturbed by other programs`;
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}; medians (and extremes) of ${rounds} interleaved rounds of ${seconds} s`,
    disturbed,
    '',
    ...aligned([['figure', '', 'target', '', 'made of'], ...figures.map(rowOf)]),
  ].join('\n');
}

function rowOf(figure: Figure): readonly string[] {
  const { name, value, unit, target, parts } = figure;
  const parted = Object.entries(parts).map(([part, spread]) => `${part} ${shown(spread)}`);
  return [name, `${shown(value)} ${unit}`, targetText(target), verdict(isKept(figure)), parted.join('   ')];
}

function verdict(kept: boolean | undefined): string {
  if (kept === undefined) return '';
  return kept ? 'kept' : 'missed';
}

function targetText(target: Target | undefined): string {
  if (target === undefined) return '';
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

const shown = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`;

function digits(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 100 ? 0 : 2);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
