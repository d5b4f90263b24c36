// Notices when wrong secrets come in such numbers, from wherever, that somebody must be trying them out.

/** When to ring. */
export interface AlarmTerms {
  /** Wrong secrets within the window; 0 for never. */
  readonly failures: number;
  readonly windowSeconds: number;
}

/** How finely the window is cut: what leaves it does so in tenths. */
const SLICES = 10;

/** Counts the wrong secrets of one process. */
export class FailureAlarm {
  readonly #terms: AlarmTerms;
  readonly #ring: (failures: number) => void;
  readonly #counts = new Map<number, number>();
  #isRinging = false;

  /** @param ring called once whenever the limit is reached, and not again before the window has become quiet */
  constructor(terms: AlarmTerms, ring: (failures: number) => void) {
    this.#terms = terms;
    this.#ring = ring;
  }

  /** Counts one. */
  note(now: number): void {
    const slice = this.#sliceAt(now);
    this.#counts.set(slice, (this.#counts.get(slice) ?? 0) + 1);
    const wasRinging = this.#isRinging;
    if (this.isRinging(now) && !wasRinging) this.#ring(this.#sum());
  }

  /** Whether the last window holds as many as it takes. */
  isRinging(now: number): boolean {
    const oldest = this.#sliceAt(now) - SLICES;
    for (const slice of this.#counts.keys()) if (slice <= oldest) this.#counts.delete(slice);
    this.#isRinging = this.#terms.failures > 0 && this.#sum() >= this.#terms.failures;
    return this.#isRinging;
  }

  #sum(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  #sliceAt(now: number): number {
    return Math.floor((now * SLICES) / (this.#terms.windowSeconds * 1000));
  }
}
