// Questions asked a moment ago, by token: their answers, or the promise of them, serve whoever asks the same.
import type { Clock } from './clock.ts';
import type { Introspection } from './introspection.ts';

/** How much is kept. */
export interface Bounds {
  /** From the moment the question was asked: this long a revocation may go unseen. */
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

interface Question {
  /** By the clock that never goes back. */
  readonly askedAtMs: number;
  readonly answer: Promise<Introspection>;
  /** Since 1970; before the answer is there nothing is known of it. */
  readonly endsAtMs: number;
}

/** Only yes is kept; no and failures are not, so that strangers with invented tokens push nobody out. */
export class RecentQuestions {
  readonly #bounds: Bounds;
  readonly #clock: Clock;
  /** As many as there are callers who wait. */
  readonly #open = new Map<string, Question>();
  /** In the order in which the answers came. */
  readonly #answered = new Map<string, Question>();

  constructor(bounds: Bounds, clock: Clock) {
    this.#bounds = bounds;
    this.#clock = clock;
  }

  find(token: string): Promise<Introspection> | undefined {
    const question = this.#open.get(token) ?? this.#answered.get(token);
    return question !== undefined && this.#isFresh(question) ? question.answer : undefined;
  }

  /** Keeps a question from now on, in place of an earlier one. */
  keep(token: string, answer: Promise<Introspection>): void {
    const question = { askedAtMs: this.#clock.elapsedMs(), answer, endsAtMs: Number.POSITIVE_INFINITY };
    this.#open.set(token, question);
    answer.then(
      (found) => this.#close(token, question, found),
      () => this.#close(token, question),
    );
  }

  /** Also of a question that is still open: its answer is for those who wait already. */
  forget(token: string): void {
    this.#open.delete(token);
    this.#answered.delete(token);
  }

  /** How many answers are kept. */
  get size(): number {
    return this.#answered.size;
  }

  #close(token: string, question: Question, found?: Introspection): void {
    if (this.#open.get(token) !== question) return;
    this.forget(token);
    if (found?.active !== true) return;
    this.#answered.set(token, { ...question, endsAtMs: found.exp * 1000 });
    this.#trim();
  }

  #isFresh({ askedAtMs, endsAtMs }: Question): boolean {
    return this.#clock.elapsedMs() - askedAtMs < this.#bounds.maxAgeMs && this.#clock.epochMs() < endsAtMs;
  }

  /** The oldest come first: they go for as long as they are stale, or too many. */
  #trim(): void {
    for (const [token, question] of this.#answered) {
      if (this.#answered.size <= this.#bounds.maxEntries && this.#isFresh(question)) return;
      this.#answered.delete(token);
    }
  }
}
