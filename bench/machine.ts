// What the figures were measured on, and whether it had time for us.
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** The machine, in words a reader of the figures wants. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
}

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
  };
}

/** Share of all cores that others may use while the machine still counts as calm. */
const CALM = 0.08;
const SAMPLE_MS = 250;
/** Times one slice is measured at most, because others disturbed it before. */
const MOST_TRIES = 4;
/** How long a whole run may wait for the machine to become calm. */
const PATIENCE_MS = 240_000;

/** Something measured, and the share of all cores that others used meanwhile. */
interface Measured<Value> {
  readonly value: Value;
  readonly othersShare: number;
}

/** Measures while nobody else is busy, as far as that can be had: others cost the two sides of a comparison differently. */
export class CalmWatch {
  #slices = 0;
  #disturbed = 0;
  #patienceMs = PATIENCE_MS;

  /** Share of the slices that others disturbed after all. */
  get disturbedShare(): number {
    return this.#slices === 0 ? 0 : this.#disturbed / this.#slices;
  }

  /** What the slice gave; a disturbed one is repeated, and of several disturbed ones the least disturbed counts. */
  async undisturbed<Value>(slice: () => Promise<Value>, ownProcesses: readonly number[]): Promise<Value> {
    let best = await watched(slice, ownProcesses);
    for (let tries = 1; best.othersShare > CALM && tries < MOST_TRIES && this.#patienceMs > 0; tries += 1) {
      await this.#untilCalm(ownProcesses);
      const again = await watched(slice, ownProcesses);
      if (again.othersShare < best.othersShare) best = again;
    }
    this.#slices += 1;
    if (best.othersShare > CALM) this.#disturbed += 1;
    return best.value;
  }

  /** What the slice gave, disturbed or not: for one that is too long to be repeated. */
  async asItIs<Value>(slice: () => Promise<Value>, ownProcesses: readonly number[]): Promise<Value> {
    const { value, othersShare } = await watched(slice, ownProcesses);
    this.#slices += 1;
    if (othersShare > CALM) this.#disturbed += 1;
    return value;
  }

  async #untilCalm(ownProcesses: readonly number[]): Promise<void> {
    const sample = async (): Promise<number> => {
      await pause(SAMPLE_MS);
      return 0;
    };
    for (let othersShare = 1; othersShare > CALM && this.#patienceMs > 0; this.#patienceMs -= SAMPLE_MS) {
      ({ othersShare } = await watched(sample, ownProcesses));
    }
  }
}

async function watched<Value>(slice: () => Promise<Value>, ownProcesses: readonly number[]): Promise<Measured<Value>> {
  const before = usage(ownProcesses);
  const value = await slice();
  const after = usage(ownProcesses);
  const othersMs = after.busyMs - before.busyMs - (after.ownMs - before.ownMs);
  return { value, othersShare: othersMs / Math.max(1, after.allMs - before.allMs) };
}

/** Processor time since the start: of everybody, of us, and what there was of it. */
function usage(ownProcesses: readonly number[]): {
  readonly busyMs: number;
  readonly ownMs: number;
  readonly allMs: number;
} {
  const cores = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
  const busyMs = cores.reduce((sum, { busy }) => sum + busy, 0);
  const { user, system } = process.cpuUsage();
  return {
    busyMs,
    ownMs: ownProcesses.reduce((sum, id) => sum + processTimeMs(id), (user + system) / 1000),
    allMs: busyMs + cores.reduce((sum, { idle }) => sum + idle, 0),
  };
}

const MS_PER_TICK = 10;

/** Linux tells; elsewhere the servers' own work counts as a disturbance, and every slice as a disturbed one. */
function processTimeMs(id: number): number {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) * MS_PER_TICK;
  } catch {
    return 0;
  }
}
