// What the last full run found, in a file that is committed: docs/security.md is made from it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Machine } from '../../bench/machine.ts';
import type { Measurement } from './rounds.ts';

/** One full run. */
export interface Findings {
  /** When it ended, as ISO 8601. */
  readonly at: string;
  readonly machine: Machine;
  /** How many programs wanted a core, ours among them, in the last minute: above 2 the machine was not quiet. */
  readonly load: number;
  /** How far from a coin the answer may be. */
  readonly within: number;
  readonly measurements: readonly Measurement[];
}

const FILE = join(import.meta.dirname, '../../docs/security-results.json');

/** Undefined before the first run. */
export function findings(): Findings | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Findings) : undefined;
}

export function record(found: Findings): void {
  const rounded = JSON.stringify(found, (_, value: unknown) => (typeof value === 'number' ? round(value) : value), 2);
  writeFileSync(FILE, `${rounded}\n`);
}

const round = (value: number): number => Number(value.toFixed(3));
