// Waiting for the pool instead of being told that it is busy.
import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { type PasswordPool, Secret } from '#core';
import { openPasswordPool } from '#crypto';

import { patientPool } from './patient-pool.ts';

const COST = { memoryKiB: 19_456, passes: 2, lanes: 1 };

async function hashes(pool: PasswordPool, count: number) {
  const work = Array.from({ length: count }, async () => {
    const place = await pool.enter();
    try {
      return await place.hash(new Secret('a password'));
    } finally {
      place.leave();
    }
  });
  return Promise.allSettled(work);
}

describe('hashing more than the pool takes at once', () => {
  it('finishes everything, where the pool alone would refuse', async () => {
    const pool = openPasswordPool({ argon2: COST, concurrency: 1, queue: 1, waitMs: 50 });

    const impatient = await hashes(pool, 12);
    const patient = await hashes(patientPool(pool, 2), 12);

    await pool.close();
    expect(impatient.some(({ status }) => status === 'rejected')).toBe(true);
    expect(patient.every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('gives the place back when the pool refuses all the same', async () => {
    const pool = openPasswordPool({ argon2: COST, concurrency: 1, queue: 1, waitMs: 50 });
    await pool.close();
    const patient = patientPool(pool, 1);

    const outcomes = await hashes(patient, 3);

    await turn();
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
