// Figures of a long run, and how they are told.
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

import type { ChildServer } from '#tests/support/child-server';

import type { Traffic } from '../postgres/instances/traffic.ts';

/** What a server holds at a moment. */
export interface Held {
  readonly atSeconds: number;
  readonly mebibytes: number;
  readonly files: number;
}

/** What a server holds now. Linux only. */
export function heldBy(server: ChildServer, startedAt: number): Held {
  return {
    atSeconds: (performance.now() - startedAt) / 1000,
    mebibytes: server.residentBytes() / 2 ** 20,
    files: readdirSync(`/proc/${server.pid}/fd`).length,
  };
}

/** The value under which so many hundredths of all lie. */
function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * hundredths) / 100))] ?? Number.NaN;
}

/** By how much a series grows in ten minutes, by the line that fits it best (least squares). */
export function growthInTenMinutes(series: readonly Held[], of: 'files' | 'mebibytes'): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleAt, middle] = [mean(series.map(({ atSeconds }) => atSeconds)), mean(series.map((each) => each[of]))];
  const products = series.map((each) => (each.atSeconds - middleAt) * (each[of] - middle));
  const squares = series.map(({ atSeconds }) => (atSeconds - middleAt) ** 2);
  return (mean(products) / mean(squares)) * 600;
}

/** The machine, in a line. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** A line for each act: how many were answered, how many a second, and how long they took. */
export function tableOf({ tookMs }: Traffic, seconds: number): string {
  const rows = Object.entries(tookMs).map(([act, took]) => {
    const [middle, late] = [percentile(took, 50), percentile(took, 99)].map((each) => each.toFixed(0));
    return `| ${act} | ${took.length} | ${(took.length / seconds).toFixed(1)} | ${middle} | ${late} |`;
  });
  return ['| act | answered | a second | p50 ms | p99 ms |', '|---|---|---|---|---|', ...rows].join('\n');
}
