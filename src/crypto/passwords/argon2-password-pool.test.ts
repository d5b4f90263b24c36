// The password pool as the core uses it: places, verdicts, figures, and its end.
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { type Entrant, Refusal, Secret } from '#core';

import { type OpenPasswordPool, openPasswordPool } from './argon2-password-pool.ts';

const OPTIONS = { argon2: { memoryKiB: 19_456, passes: 2, lanes: 1 }, concurrency: 2, queue: 256, waitMs: 60_000 };
const PASSWORD = new Secret('correct horse');

const pool = openPasswordPool(OPTIONS);

afterAll(() => pool.close());

async function hashed(password: Secret): Promise<string> {
  const place = await pool.enter();
  const hash = await place.hash(password);
  place.leave();
  return hash;
}

async function verified(hash: string | null, password: Secret) {
  const place = await pool.enter();
  const verdict = await place.verify(hash, password);
  place.leave();
  return verdict;
}

async function allPlaces(full: OpenPasswordPool) {
  return Promise.all(Array.from({ length: full.stats().concurrency * 5 }, () => full.enter()));
}

/** What stands still while something happens. */
async function changesOf(watched: OpenPasswordPool, act: () => Promise<unknown>) {
  const before = watched.stats();
  await act();
  const after = watched.stats();
  return {
    hashes: after.hashes - before.hashes,
    verifications: after.verifications - before.verifications,
    decoys: after.decoys - before.decoys,
  };
}

describe('opening the pool', () => {
  it.each([
    { name: 'memory', argon2: { ...OPTIONS.argon2, memoryKiB: 4096 } },
    { name: 'passes', argon2: { ...OPTIONS.argon2, passes: 1 } },
    { name: 'lanes', argon2: { ...OPTIONS.argon2, lanes: 0 } },
  ])('R-11 refuses too little $name', ({ argon2 }) => {
    const open = () => openPasswordPool({ ...OPTIONS, argon2 });

    expect(open).toThrow(RangeError);
  });

  it('takes as many threads as the machine can bear when it is not told', async () => {
    const automatic = openPasswordPool({ ...OPTIONS, concurrency: 0 });

    const { concurrency } = automatic.stats();
    await automatic.close();

    expect(concurrency).toBeGreaterThanOrEqual(1);
  });
});

describe('hashing and verifying', () => {
  it('R-11 gives 200 different hashes of one password, none below the floor', async () => {
    const hashes = await Promise.all(Array.from({ length: 200 }, () => hashed(PASSWORD)));

    expect(new Set(hashes).size).toBe(200);
    expect(hashes.filter((hash) => !hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toEqual([]);
  });

  it('tells the right password from a wrong one', async () => {
    const hash = await hashed(PASSWORD);

    const verdicts = [await verified(hash, PASSWORD), await verified(hash, new Secret('wrong horse'))];

    expect(verdicts).toEqual([
      { matches: true, isOutdated: false },
      { matches: false, isOutdated: false },
    ]);
  });

  it('R-30 verifies twenty right passwords at once', async () => {
    const hash = await hashed(PASSWORD);

    const verdicts = await Promise.all(Array.from({ length: 20 }, () => verified(hash, PASSWORD)));

    expect(verdicts.filter(({ matches }) => matches)).toHaveLength(20);
  });

  it('tells a hash of an older scheme from one that new passwords get', async () => {
    const hash =
      '$pbkdf2-sha1$i=4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$PS7sT+QchJuAyNg2YsDkSospGpZM8vBwOA';

    const verdict = await verified(hash, new Secret('passwordPASSWORDpassword'));

    expect(verdict).toEqual({ matches: true, isOutdated: true });
  });

  it('R-17 does the work for an account without a password, and never matches', async () => {
    const changes = await changesOf(pool, async () => {
      expect(await verified(null, new Secret(''))).toEqual({ matches: false, isOutdated: false });
    });

    expect(changes).toEqual({ hashes: 0, verifications: 0, decoys: 1 });
  });

  it('counts what it does', async () => {
    const changes = await changesOf(pool, async () => verified(await hashed(PASSWORD), PASSWORD));

    expect(changes).toEqual({ hashes: 1, verifications: 1, decoys: 0 });
  });
});

describe('places in the pool', () => {
  it('are five times as many as hashes at once, so that no thread waits for a database', async () => {
    const places = await allPlaces(pool);

    const next = pool.enter();
    const { inside, waiting } = pool.stats();
    for (const place of places) place.leave();
    (await next).leave();

    expect({ inside, waiting }).toEqual({ inside: 10, waiting: 1 });
    expect(pool.stats()).toMatchObject({ inside: 0, waiting: 0 });
  });

  it('are given up once, however often somebody leaves', async () => {
    const place = await pool.enter();

    place.leave();
    place.leave();

    expect(pool.stats().inside).toBe(0);
  });

  it('do no work after they were given up', async () => {
    const place = await pool.enter();
    place.leave();

    const late = place.verify(null, PASSWORD);

    await expect(late).rejects.toThrow('the place was given up already');
  });

  it('R-102 are refused as busy while too many wait', async () => {
    const small = openPasswordPool({ ...OPTIONS, concurrency: 1, queue: 1 });
    const places = await allPlaces(small);
    const waiting = small.enter();

    const refusal: unknown = await small.enter().catch((error: unknown) => error);
    for (const place of places) place.leave();
    (await waiting).leave();
    await small.close();

    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'server.busy' });
    expect(small.stats().refused).toBe(1);
  });
});

/** Somebody from an address, who stays as long as they are wanted. */
const entrant = (source: string, more: Partial<Entrant> = {}): Entrant => ({
  source,
  isForOperators: false,
  isGone: () => false,
  ...more,
});

describe('who asks for a place', () => {
  it('stands with the known, the operators or the strangers', async () => {
    const isKnown = (source: string): boolean => source === '192.0.2.1';
    const small = openPasswordPool({ ...OPTIONS, concurrency: 1, isKnown });
    const places = await allPlaces(small);

    const waiting = [
      entrant('192.0.2.1'),
      entrant('192.0.2.1', { isForOperators: true }),
      entrant('192.0.2.2'),
      entrant('192.0.2.2', { isForOperators: true }),
      undefined,
    ].map((each) => small.enter(each));
    const { waitingBy } = small.stats();
    for (const place of places) place.leave();
    for (const place of waiting) (await place).leave();
    await small.close();

    expect(waitingBy).toEqual({ known: 3, operator: 1, stranger: 1 });
  });

  it('R-102 is not verified once nobody waits for the answer', async () => {
    let isGone = false;
    const place = await pool.enter(entrant('192.0.2.1', { isGone: () => isGone }));
    isGone = true;

    const changes = await changesOf(pool, async () => {
      await expect(place.verify(null, PASSWORD)).rejects.toMatchObject({ code: 'server.busy' });
    });
    place.leave();

    expect(changes).toEqual({ hashes: 0, verifications: 0, decoys: 0 });
  });

  it('R-102 is not verified once the deadline has passed, and gets a new hash all the same', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const hasty = openPasswordPool({ ...OPTIONS, concurrency: 1, waitMs: 1000 });
    const place = await hasty.enter(entrant('192.0.2.1'));
    vi.advanceTimersByTime(2501);

    const refusal: unknown = await place.verify(null, PASSWORD).catch((error: unknown) => error);
    const hash = await place.hash(PASSWORD);
    await hasty.close();

    expect(refusal).toMatchObject({ code: 'server.busy', detail: { remark: 'the deadline has passed' } });
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(hasty.stats()).toMatchObject({ spared: 1, decoys: 0, hashes: 1 });
  });
});

describe('what the pool can do', () => {
  it('is unknown before the first hash, and measured when the threads are started', async () => {
    const fresh = openPasswordPool({ ...OPTIONS, concurrency: 1 });

    const before = fresh.stats();
    await fresh.warmUp();
    const { hashMs, safePerSecond, decoys } = fresh.stats();
    await fresh.close();

    expect(before).toMatchObject({ hashMs: 0, safePerSecond: 0 });
    expect(safePerSecond).toBe(Math.floor(800 / hashMs));
    expect(decoys).toBe(0);
  });
});

describe('closing the pool', () => {
  it('turns away whoever waits or comes, and ends every thread', async () => {
    const closing = openPasswordPool({ ...OPTIONS, concurrency: 1 });
    await closing.warmUp();
    const places = await allPlaces(closing);
    const waiting = closing.enter().catch((error: unknown) => error);

    await closing.close();
    for (const place of places) place.leave();

    expect(await waiting).toMatchObject({ code: 'server.busy' });
    expect(await closing.enter().catch((error: unknown) => error)).toMatchObject({ code: 'server.busy' });
    expect(closing.stats()).toMatchObject({ workers: 0, lostWorkers: 0 });
  });
});
