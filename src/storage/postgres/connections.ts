// Hands out connections: a bounded number, after a bounded wait, and none of them older than the last sign of trouble.
import { Kysely } from 'kysely';
import type { Tables } from '../sql/tables.ts';
import { DatabaseFault } from './faults.ts';
import { Generation, type Lane, type Way } from './generation.ts';
import { queryCompilerFor } from './kysely-dialect.ts';
import { Lease, type Workshop } from './lease.ts';
import type { LentClient } from './own-client.ts';
import { StatementNames } from './statement-names.ts';

/** Between two attempts to connect, while they fail: doubled each time. */
const FIRST_REST_MS = 50;
const LONGEST_REST_MS = 1000;

/** The connections of one process. */
export class Connections {
  readonly #way: Way;
  readonly #workshop: Workshop = {
    db: new Kysely<Tables>({
      dialect: queryCompilerFor({ execute: () => Promise.reject(new TypeError('this one only compiles')) }),
    }),
    compiled: new Map(),
    names: new StatementNames(),
  };
  readonly #origins = new WeakMap<Lease, Generation>();
  readonly #waiting = new Set<Promise<Lease>>();
  #generation: Generation;
  #restMs = FIRST_REST_MS;
  #resting: NodeJS.Timeout | undefined;
  /** What kept the last connection from being made. */
  #trouble: unknown;
  #isClosed = false;

  constructor(way: Way) {
    this.#way = way;
    this.#generation = new Generation(way);
  }

  /** @throws whatever kept the connection from being made; at once, if that was a moment ago */
  async lease(lane: Lane): Promise<Lease> {
    if (this.#isClosed) throw new DatabaseFault('the storage is closed');
    const coming = this.#lease(lane);
    this.#waiting.add(coming);
    try {
      return await coming;
    } finally {
      this.#waiting.delete(coming);
    }
  }

  async #lease(lane: Lane): Promise<Lease> {
    for (;;) {
      const generation = this.#generation;
      if (this.#resting !== undefined && !generation.hasIdle(lane)) throw this.#trouble;
      try {
        const lease = new Lease(await this.#connect(generation, lane), this.#workshop);
        this.#origins.set(lease, generation);
        return lease;
      } catch (reason) {
        // Given up while we waited: others may have better luck.
        if (generation === this.#generation) throw reason;
      }
    }
  }

  /** After a sign that the other end is gone, or is another: nothing that was connected before is used again. */
  distrust(lease: Lease): void {
    const former = this.#generation;
    // Many hear of the same trouble; those who come later must not give up what has just been made.
    if (this.#isClosed || this.#origins.get(lease) !== former) return;
    this.#generation = new Generation(this.#way);
    void former.end(this.#way.statementMs);
  }

  /** Waits for what is still at work. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#resting);
    await Promise.allSettled(this.#waiting);
    await this.#generation.end(this.#way.statementMs);
  }

  async #connect(generation: Generation, lane: Lane): Promise<LentClient> {
    try {
      const client = await generation.connect(lane);
      this.#restMs = FIRST_REST_MS;
      return client;
    } catch (reason) {
      // Nobody rests because all connections are in use, or were exchanged.
      if (generation === this.#generation && !isWaitForOthers(reason)) this.#rest(reason);
      throw reason;
    }
  }

  #rest(reason: unknown): void {
    if (this.#resting !== undefined || this.#isClosed) return;
    this.#trouble = reason;
    this.#resting = setTimeout(() => (this.#resting = undefined), this.#restMs).unref();
    this.#restMs = Math.min(this.#restMs * 2, LONGEST_REST_MS);
  }
}

function isWaitForOthers(reason: unknown): boolean {
  return reason instanceof Error && reason.message.startsWith('timeout exceeded');
}
