// The password pool for work that has time: instead of being told that the pool is busy, it waits outside.
import type { PasswordPool, PoolPlace } from '#core';

/** A pool that lets no more than `width` in at once; the others wait in line, however long. */
export function patientPool(pool: PasswordPool, width: number): PasswordPool {
  const waiting: (() => void)[] = [];
  let free = width;
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async enter(entrant) {
      await take();
      try {
        return returning(await pool.enter(entrant), giveBack);
      } catch (error) {
        giveBack();
        throw error;
      }
    },
  };
}

function returning(place: PoolPlace, giveBack: () => void): PoolPlace {
  return {
    verify: async (passwordHash, password) => place.verify(passwordHash, password),
    hash: async (password) => place.hash(password),
    leave: () => {
      place.leave();
      giveBack();
    },
  };
}
