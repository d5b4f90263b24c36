// The hashing threads: their priority, and what becomes of the jobs of one that crashes.
import { readdirSync, readFileSync } from 'node:fs';

import { afterEach, describe, expect, it } from 'vitest';

import { COST_FLOOR } from './cost.ts';
import { HashCrew } from './hash-crew.ts';
import type { HashJob } from './jobs.ts';

const NICENESS = 7;
const crews: HashCrew[] = [];

function crewOf(size: number, cost = COST_FLOOR): HashCrew {
  const crew = new HashCrew(size, { cost, niceness: NICENESS }, () => {});
  crews.push(crew);
  return crew;
}

afterEach(async () => {
  await Promise.all(crews.splice(0).map((crew) => crew.close()));
});

const job: HashJob = { kind: 'hash', password: 'password' };

/** A job that is more than the thread's own heap can hold: it crashes for want of memory, as a thread may. */
function deadly(): HashJob {
  const ballast = Array.from({ length: 1_000_000 }, (_, index) => [index]);
  return Object.assign({ ballast }, job);
}

/** The niceness of each thread of this process, by thread id. */
function nicenesses(): ReadonlyMap<number, number> {
  const threads = readdirSync('/proc/self/task').map((id) => {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
    return [Number(id), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])] as const;
  });
  return new Map(threads);
}

describe('hashing threads', () => {
  it.runIf(process.platform === 'linux')(
    'R-102 have a lower priority than the event loop, and they alone',
    async () => {
      const before = nicenesses();
      const crew = crewOf(2);

      await crew.warmUp();

      const after = nicenesses();
      const started = [...after].filter(([id]) => !before.has(id));
      expect(started.filter(([, niceness]) => niceness === NICENESS)).toHaveLength(2);
      expect([...before].filter(([id]) => after.has(id)).map(([id]) => [id, after.get(id)])).toEqual(
        [...before].filter(([id]) => after.has(id)),
      );
    },
  );

  it('start only when there is work for them', async () => {
    const crew = crewOf(2);

    const alone = crew.census.alive;
    await crew.run(job);
    const afterOne = crew.census.alive;
    await Promise.all([crew.run(job), crew.run(job), crew.run(job)]);

    expect([alone, afterOne, crew.census.alive]).toEqual([0, 1, 2]);
  });

  it('work at the same time', async () => {
    const crew = crewOf(2);
    await crew.warmUp();

    const answers = await Promise.all(Array.from({ length: 8 }, () => crew.run(job)));

    expect(answers.map(({ kind }) => kind)).toEqual(Array.from({ length: 8 }, () => 'hashed'));
    expect(crew.census).toEqual({ alive: 2, lost: 0 });
  });
});

describe('a hashing thread that crashes', () => {
  it('fails the job it was at, hands on those behind it, and is replaced', async () => {
    const crew = crewOf(1);
    await crew.warmUp();

    const outcomes = await Promise.allSettled([crew.run(deadly()), crew.run(job), crew.run(job)]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(crew.census).toEqual({ alive: 1, lost: 1 });
  });

  it('fails one job and no more where no thread can live at all', async () => {
    const crew = crewOf(1, { memoryKiB: 1, passes: 0, lanes: 0 });

    const outcome = await crew.run(job).catch((error: unknown) => error);

    expect(outcome).toBeInstanceOf(Error);
    expect(crew.census).toEqual({ alive: 0, lost: 1 });
  });

  it('is told to whoever warms the crew up', async () => {
    const crew = crewOf(1, { memoryKiB: 1, passes: 0, lanes: 0 });

    const warming = crew.warmUp();

    await expect(warming).rejects.toThrow(Error);
  });
});

describe('a crew that is closed', () => {
  it('fails the jobs it did not get to, and every later one', async () => {
    const crew = crewOf(1);
    await crew.warmUp();
    const waiting = Array.from({ length: 20 }, () => crew.run(job).catch((error: unknown) => error));

    await crew.close();
    const outcomes = await Promise.all([...waiting, crew.run(job).catch((error: unknown) => error)]);

    expect(outcomes.at(-1)).toEqual(new Error('the password pool was closed'));
    expect(outcomes.at(-2)).toEqual(new Error('the password pool was closed'));
    expect(crew.census.alive).toBe(0);
  });
});
