// Attempts of which nobody knows what became, given back as soon as the database answers: otherwise each would take its place until it lapses.
import { setTimeout as pause } from 'node:timers/promises';

const TRY_EVERY_MS = 250;
/** By then they have lapsed, after half a minute. */
const MOST_TRIES = 120;
/** Beyond so many, the rest lapses by itself. */
const MOST = 10_000;

/** Gives attempts back, again and again until it is done. */
export class AttemptsGivenBack {
  readonly #release: (reservationId: string) => Promise<void>;
  /** How often each was tried. */
  readonly #due = new Map<string, number>();
  #working: Promise<void> | undefined;
  #isClosed = false;

  /** @param release gives one back; one that is decided already is left as it is */
  constructor(release: (reservationId: string) => Promise<void>) {
    this.#release = release;
  }

  add(reservationId: string): void {
    if (this.#isClosed || this.#due.size >= MOST) return;
    this.#due.set(reservationId, 0);
    this.#working ??= this.#workWhileDue();
  }

  /** Leaves the rest to lapse. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#due.clear();
    await this.#working;
  }

  async #workWhileDue(): Promise<void> {
    while (this.#due.size > 0) {
      for (const [id, tries] of this.#due) await this.#try(id, tries);
      if (this.#due.size > 0) await pause(TRY_EVERY_MS, undefined, { ref: false });
    }
    this.#working = undefined;
  }

  async #try(id: string, tries: number): Promise<void> {
    const isDone = await this.#release(id).then(
      () => true,
      () => false,
    );
    if (isDone || tries >= MOST_TRIES) this.#due.delete(id);
    else if (this.#due.has(id)) this.#due.set(id, tries + 1);
  }
}
