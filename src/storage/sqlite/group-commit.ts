// Performs acts one after the other and commits them in groups: many acts share one transaction and one fsync.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Act, type NumberedChange } from '../sql/act.ts';
import { type ActCall, type ActKind, perform } from '../sql/acts.ts';
import type { SqliteConnection } from './connection.ts';

/** What a write gave, and the news it made. */
export interface Written {
  readonly result: unknown;
  readonly changes: readonly NumberedChange[];
}

interface Waiting {
  readonly call: ActCall;
  readonly kind: ActKind;
  readonly resolve: (written: Written) => void;
  readonly reject: (reason: unknown) => void;
}

type Settle = () => void;

/** So many acts share a transaction at most: nobody waits long for the others, and other processes get their turn. */
const LARGEST_GROUP = 256;

/**
 * SQLite's own way of waiting for another process looks again less and less often, up to every 100 ms, and then finds the next
 * transaction of a busy command under way: sign-ins waited for seconds. Looking every millisecond finds the gaps.
 */
const LOOK_AGAIN_MS = 1;
const MOST_LOOKS = 5000;

/** How a writer leaves room for writers of other processes: after so many acts a gap long enough to be found. */
export interface Manners {
  readonly acts: number;
  readonly gapMs: number;
}

/** All that happens on a connection that writes. */
export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #manners: Manners | undefined;
  #sinceGap = 0;
  #waiting: Waiting[] = [];
  #busy: Promise<void> | undefined;

  constructor(connection: SqliteConnection, manners?: Manners) {
    this.#connection = connection;
    this.#manners = manners;
  }

  /** Resolves once the act is committed, as durably as its kind promises. */
  perform(call: ActCall, kind: ActKind): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, kind, resolve, reject });
      this.#busy ??= this.#drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#busy;
  }

  async #drain(): Promise<void> {
    // Whoever comes in the same breath still gets on the first group; whoever comes later gets on the next, while this one waits for the disk.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, LARGEST_GROUP);
      await this.#commit(group);
      await this.#leaveRoom(group.length);
    }
    this.#busy = undefined;
  }

  async #leaveRoom(acts: number): Promise<void> {
    this.#sinceGap += acts;
    if (this.#manners !== undefined && this.#sinceGap >= this.#manners.acts) {
      this.#sinceGap = 0;
      await pause(this.#manners.gapMs);
    } else if (this.#waiting.length === 0) {
      await nextTurn();
    }
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#begin(group.map(({ kind }) => kind));
      const settlements: Settle[] = [];
      for (const waiting of group) {
        settlements.push(await (group.length > 1 ? this.#performAmongOthers(waiting) : this.#performOne(waiting)));
      }
      this.#connection.commit();
      for (const settle of settlements) settle();
    } catch (fault) {
      this.#abandon(group, fault);
    }
  }

  async #begin(kinds: readonly ActKind[]): Promise<void> {
    if (kinds.every((kind) => kind === 'read')) {
      this.#connection.beginRead();
      return;
    }
    this.#connection.setDurable(kinds.includes('durable'));
    for (let looks = 0; !this.#connection.tryBegin(); looks += 1) {
      if (looks === MOST_LOOKS) throw new Error('another process keeps the database to itself');
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Nothing of the group has happened, and whoever waits hears so. */
  #abandon(group: readonly Waiting[], fault: unknown): void {
    for (const { reject } of group) reject(fault);
    this.#connection.rollback();
  }

  /** A lone act that fails takes its whole transaction with it; nobody hears of success before the commit. */
  async #performOne({ call, resolve }: Waiting): Promise<Settle> {
    const act = new Act(this.#connection);
    const result = await perform(act, call);
    return () => resolve({ result, changes: act.changes });
  }

  /** An act that fails among others is undone alone. */
  async #performAmongOthers(waiting: Waiting): Promise<Settle> {
    this.#connection.savepoint();
    try {
      const settle = await this.#performOne(waiting);
      this.#connection.release();
      return settle;
    } catch (reason) {
      this.#connection.undo();
      return () => waiting.reject(reason);
    }
  }
}
