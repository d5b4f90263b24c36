// Reserves attempts, and lets those wait whose allowance is taken by attempts still being decided.
import type { Clock, Randomness, Timer } from '../kernel/ports.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import type { AttemptStore, ReservationOutcome } from './attempt-store.ts';
import { type BudgetKind, type BudgetLimits, secondsUntil } from './budget.ts';
import type { Source } from './source.ts';

/** What reserving needs. */
export interface ReservationDeps {
  readonly attempts: Pick<AttemptStore, 'reserve'>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly randomness: Randomness;
  readonly limits: BudgetLimits;
  /** How long an attempt may wait for others, and how long one may stay undecided. */
  readonly waitMs: number;
  readonly decideMs: number;
}

const CODES: Record<BudgetKind, RefusalCode> = {
  account: 'throttle.account',
  known: 'throttle.account',
  names: 'throttle.source',
  source: 'throttle.source',
  subnet: 'throttle.subnet',
};

/** Attempts of other processes are asked after this often; those of our own announce themselves. */
const RETRY_MS = 25;

/** Takes reservations. One per process. */
export class Reservations {
  readonly #deps: ReservationDeps;
  #waiting: (() => void)[] = [];

  constructor(deps: ReservationDeps) {
    this.#deps = deps;
  }

  /**
   * Reserves one attempt on the subject's budget, the source's and the subnet's; its id.
   * @throws Refusal `throttle.account`, `throttle.source`, `throttle.subnet`, `server.busy`
   */
  async take(subject: string, source: Source): Promise<string> {
    const { clock, randomness, waitMs } = this.#deps;
    const startedAt = clock.now();
    const id = randomness.uuid(startedAt);
    for (;;) {
      const answer = await this.#ask(id, subject, source);
      if (answer.outcome === 'granted') return id;
      if (answer.outcome === 'refused') throw this.#refusal(answer);
      if (clock.now() - startedAt >= waitMs)
        throw new Refusal('server.busy', { retryAfterSeconds: 1, remark: 'attempts in flight' });
      await this.#untilSomethingIsSettled();
    }
  }

  /** Says that an attempt was decided: whoever waits asks again. */
  settled(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #ask(id: string, subject: string, source: Source): Promise<ReservationOutcome> {
    const { attempts, clock, decideMs, limits } = this.#deps;
    const now = clock.now();
    return attempts.reserve({
      id,
      subject,
      sourceBucket: source.bucket,
      subnet: source.subnet,
      limits,
      now,
      expiresAt: now + decideMs,
    });
  }

  #untilSomethingIsSettled(): Promise<void> {
    const settled = new Promise<void>((resolve) => this.#waiting.push(resolve));
    return Promise.race([settled, this.#deps.timer.after(RETRY_MS)]);
  }

  #refusal({ budget, until }: Extract<ReservationOutcome, { outcome: 'refused' }>): Refusal {
    const retryAfterSeconds = secondsUntil(until, this.#deps.clock.now(), this.#deps.limits[budget.kind]);
    return new Refusal(CODES[budget.kind], { field: budget.kind, key: budget.key, retryAfterSeconds });
  }
}
