// What a password hash costs: the floor below which nothing starts, and how many hashes the machine can do at once.
import { availableParallelism, totalmem } from 'node:os';

/** Parameters of Argon2id (RFC 9106, section 3.1). */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** The least a new hash may cost (OWASP Password Storage Cheat Sheet; ASVS 5.0, appendix C). */
export const COST_FLOOR: Argon2Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** The most a hash may cost, new or stored: beyond it a single sign-in would be an attack on the server. */
export const COST_CEILING: Argon2Cost = { memoryKiB: 1_048_576, passes: 10, lanes: 16 };

/** Share of the memory that hashing may take. */
const MEMORY_SHARE = 0.25;

/** Every parameter that is out of bounds, worded; empty for a cost that may be used. */
export function costProblems(cost: Argon2Cost): readonly string[] {
  return (['memoryKiB', 'passes', 'lanes'] as const)
    .filter(
      (name) => !(Number.isInteger(cost[name]) && cost[name] >= COST_FLOOR[name] && cost[name] <= COST_CEILING[name]),
    )
    .map((name) => `${name} must be ${COST_FLOOR[name]} to ${COST_CEILING[name]}, not ${cost[name]}`);
}

/** What the machine offers. */
export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** This machine, or the part of it that the process was given. */
export function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  const memoryBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cores: availableParallelism(), memoryBytes };
}

/** As many hashes at once as there are cores, as long as they take no more than a quarter of the memory. */
export function concurrencyFor({ memoryKiB }: Argon2Cost, { cores, memoryBytes }: Machine): number {
  const fitting = Math.floor((memoryBytes * MEMORY_SHARE) / (memoryKiB * 1024));
  return Math.max(1, Math.min(cores, fitting));
}
