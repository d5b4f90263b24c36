// What is done after the answer has left: nobody waits for it, and nobody is told, but for the operator's log.
import type { Timer } from './ports.ts';

/** By then the answer has left: an errand begun before it would be a part of the time it takes, and tell that there was one. */
const LEAVE_MS = 100;

/** Runs errands. One per process. */
export class Errands {
  readonly #onFault: (fault: unknown) => void;
  readonly #timer: Timer;
  readonly #running = new Set<Promise<void>>();

  constructor(timer: Timer, onFault: (fault: unknown) => void) {
    this.#timer = timer;
    this.#onFault = onFault;
  }

  run(errand: () => Promise<void>): void {
    const running = this.#timer
      .after(LEAVE_MS)
      .then(errand)
      .catch(this.#onFault)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves once all of them are done. */
  async finished(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
