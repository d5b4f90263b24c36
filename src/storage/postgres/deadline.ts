// The moment at which somebody stops waiting for the database.
import { DatabaseFault } from './faults.ts';
import type { Lease } from './lease.ts';

/** Cuts the connection that is in use when the time is over. */
export class Deadline {
  readonly #over = Promise.withResolvers<never>();
  readonly #timer: NodeJS.Timeout;
  #lease: Lease | undefined;
  #isOver = false;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#pass(), milliseconds);
  }

  /** What comes of it in time. @throws DatabaseFault when nothing does */
  async meet<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#over.promise]);
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** Says which connection is in use from here on. @throws DatabaseFault when nobody waits any more */
  watch(lease: Lease): void {
    this.#lease = lease;
    if (!this.#isOver) return;
    lease.giveBack();
    this.assertTimeLeft();
  }

  /** @throws DatabaseFault */
  assertTimeLeft(): void {
    if (this.#isOver) throw tooLate();
  }

  #pass(): void {
    this.#isOver = true;
    this.#over.reject(tooLate());
    this.#lease?.cut();
  }
}

const tooLate = (): DatabaseFault => new DatabaseFault('the database took too long');
