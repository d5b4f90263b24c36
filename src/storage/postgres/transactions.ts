// Performs acts: each in a transaction of its own, again where PostgreSQL asks for that, and in bounded time.
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Act, type NumberedChange } from '../sql/act.ts';
import { type ActCall, type ActKind, perform } from '../sql/acts.ts';
import type { Connections } from './connections.ts';
import { Deadline } from './deadline.ts';
import { DatabaseFault, remedyFor, toFault } from './faults.ts';
import type { Lane } from './generation.ts';
import { type Isolation, isolationOf } from './isolation.ts';
import type { Lease } from './lease.ts';

/** What an act gave, and the news it made. */
export interface Performed {
  readonly result: unknown;
  readonly changes: readonly NumberedChange[];
}

/** Something to do on a connection. */
export interface Task<T> {
  readonly lane: Lane;
  /** How the transaction begins; without one every statement stands alone. */
  readonly beginning?: string | undefined;
  /** Until it is given up, if not as usual. */
  readonly patienceMs?: number;
  readonly work: (lease: Lease) => Promise<T>;
}

// prettier-ignore
const BEGINNINGS: Readonly<Record<Isolation, string | undefined>> = {
  one: undefined,
  snapshot: 'begin isolation level repeatable read, read only',
  held: 'begin isolation level read committed, read write',
  serializable: 'begin isolation level serializable, read write',
};

/** Nobody waits for the disk for what need only survive the death of a process that is not PostgreSQL's. */
const RELAXED = 'set local synchronous_commit = off';

/** The longest pause before an act is tried again: doubled each time. */
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 64;
const MOST_TIMES = { none: 1, again: 100, elsewhere: 3 };

/** Everything that happens on the database. */
export class Transactions {
  readonly #connections: Connections;
  readonly #patienceMs: number;
  /** Those that were in each other's way try again one after the other. */
  #again: Promise<unknown> = Promise.resolve();

  /** @param patienceMs until an act is given up */
  constructor(connections: Connections, patienceMs: number) {
    this.#connections = connections;
    this.#patienceMs = patienceMs;
  }

  /** Resolves once the act is committed, as durably as its kind promises. @throws Refusal, DatabaseFault */
  perform(call: ActCall, kind: ActKind, patienceMs: number): Promise<Performed> {
    const lane = kind === 'read' ? 'read' : 'write';
    const beginning = BEGINNINGS[isolationOf(call, kind)];
    return this.run({
      lane,
      patienceMs,
      beginning: kind === 'relaxed' && beginning !== undefined ? `${beginning}; ${RELAXED}` : beginning,
      work: async (lease) => {
        const act = new Act(lease);
        return { result: await perform(act, call), changes: act.changes };
      },
    });
  }

  /** The same for anything else that may be done again. */
  async run<T>(task: Task<T>): Promise<T> {
    const deadline = new Deadline(task.patienceMs ?? this.#patienceMs);
    try {
      return await deadline.meet(this.#persistently(task, deadline));
    } catch (reason) {
      throw toFault(reason);
    }
  }

  async #persistently<T>(task: Task<T>, deadline: Deadline): Promise<T> {
    let isContended = false;
    for (let times = 1; ; times += 1) {
      try {
        return await (isContended ? this.#inTurn(() => this.#try(task, deadline)) : this.#try(task, deadline));
      } catch (reason) {
        const remedy = remedyFor(reason);
        if (times >= MOST_TIMES[remedy]) throw reason;
        isContended = remedy === 'again';
        await pause(randomInt(Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS)));
      }
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.#again.then(work);
    this.#again = answer.catch(() => undefined);
    return answer;
  }

  async #try<T>({ lane, beginning, work }: Task<T>, deadline: Deadline): Promise<T> {
    deadline.assertTimeLeft();
    const lease = await this.#connections.lease(lane);
    deadline.watch(lease);
    try {
      const result = await (beginning === undefined ? work(lease) : transact(lease, beginning, work));
      lease.giveBack();
      return result;
    } catch (reason) {
      await this.#tidyUp(lease, reason, beginning !== undefined);
      throw reason;
    }
  }

  async #tidyUp(lease: Lease, reason: unknown, hasBegun: boolean): Promise<void> {
    if (remedyFor(reason) === 'elsewhere') {
      this.#connections.distrust(lease);
      lease.cut();
      return;
    }
    try {
      if (hasBegun) await lease.say('rollback');
      lease.giveBack();
    } catch {
      lease.cut();
    }
  }
}

async function transact<T>(lease: Lease, beginning: string, work: Task<T>['work']): Promise<T> {
  const begun = lease.say(beginning);
  // Nothing waits for it to begin, for what follows is sent along with it.
  begun.catch(() => undefined);
  const result = await work(lease);
  await begun;
  await commit(lease);
  return result;
}

/** What may have been committed must not be done again. */
async function commit(lease: Lease): Promise<void> {
  try {
    await lease.say('commit');
  } catch (reason) {
    if (remedyFor(reason) !== 'elsewhere') throw reason;
    throw new DatabaseFault('the database was lost before it said whether it kept this', { cause: toFault(reason) });
  }
}
