// The cost of a hash: its floor, its ceiling, and how many fit onto a machine.
import { describe, expect, it } from 'vitest';

import { COST_FLOOR, concurrencyFor, costProblems, thisMachine } from './cost.ts';

const GIB = 1024 ** 3;

describe('the cost of new hashes', () => {
  it('R-11 may be the floor itself', () => {
    const problems = costProblems(COST_FLOOR);

    expect(problems).toEqual([]);
  });

  it.each([
    { cost: { ...COST_FLOOR, memoryKiB: 19_455 }, problem: 'memoryKiB must be 19456 to 1048576, not 19455' },
    { cost: { ...COST_FLOOR, memoryKiB: 1_048_577 }, problem: 'memoryKiB must be 19456 to 1048576, not 1048577' },
    { cost: { ...COST_FLOOR, passes: 1 }, problem: 'passes must be 2 to 10, not 1' },
    { cost: { ...COST_FLOOR, passes: 2.5 }, problem: 'passes must be 2 to 10, not 2.5' },
    { cost: { ...COST_FLOOR, lanes: 0 }, problem: 'lanes must be 1 to 16, not 0' },
    { cost: { ...COST_FLOOR, lanes: Number.NaN }, problem: 'lanes must be 1 to 16, not NaN' },
  ])('R-11 is out of bounds: $problem', ({ cost, problem }) => {
    const problems = costProblems(cost);

    expect(problems).toEqual([problem]);
  });
});

describe('how many hashes run at once', () => {
  it.each([
    { machine: { cores: 2, memoryBytes: 24 * GIB }, count: 2 },
    { machine: { cores: 64, memoryBytes: GIB }, count: 13 },
    { machine: { cores: 4, memoryBytes: GIB / 32 }, count: 1 },
  ])('is as many as cores and a quarter of the memory allow: $count', ({ machine, count }) => {
    const concurrency = concurrencyFor(COST_FLOOR, machine);

    expect(concurrency).toBe(count);
  });

  it('is known of this machine', () => {
    const machine = thisMachine();

    expect(machine.cores).toBeGreaterThanOrEqual(1);
    expect(machine.memoryBytes).toBeGreaterThan(GIB / 4);
    expect(machine.memoryBytes).toBeLessThan(2 ** 50);
  });
});
