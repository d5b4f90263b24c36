// The gate that demands a challenge of those who aroused suspicion: by failures counted in the budgets, or by having come without one.
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { BudgetLimits } from '../budgets/budget.ts';
import type { CodeVerdict } from '../codes/code-store.ts';
import type { Cache, Clock, Digests } from '../kernel/ports.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { ChallengeAsk, ChallengeGiven } from './challenge-ask.ts';
import type { ChallengeGate, Suspect } from './challenge-gate.ts';
import { tokenPlace } from './challenge-token.ts';
import type { HeldAnswers } from './held-answers.ts';
import { pictureText } from './picture-text.ts';

/** What the gate needs. */
export interface SuspicionGateDeps {
  readonly answers: HeldAnswers;
  readonly attempts: Pick<AttemptStore, 'suspicion'>;
  readonly clock: Clock;
  readonly digests: Digests;
  readonly limits: BudgetLimits;
  /** Failures from which on a challenge is due. */
  readonly failures: number;
  /** Holders that came without an answer when one was due: the next form they draw has to have the field. */
  readonly reminded: Cache<string, true>;
}

type Verdict = CodeVerdict | 'missing';

const REFUSED: Readonly<Record<Exclude<Verdict, 'accepted'>, RefusalCode>> = {
  missing: 'challenge.missing',
  expired: 'challenge.expired',
  mismatch: 'challenge.mismatch',
};

/** One per process: who was reminded is a kindness, not a safeguard, and need not be shared. */
export class SuspicionGate implements ChallengeGate {
  readonly #deps: SuspicionGateDeps;

  constructor(deps: SuspicionGateDeps) {
    this.#deps = deps;
  }

  async isDue({ policy, given }: ChallengeAsk, suspect: Suspect): Promise<boolean> {
    if (policy !== 'afterFailures') return policy === 'always';
    if (given.kind === 'picture' && this.#deps.reminded.get(given.holder) === true) return true;
    return (await this.#suspicion(given, suspect)) >= this.#deps.failures;
  }

  async assertPassed(ask: ChallengeAsk, suspect: Suspect): Promise<boolean> {
    if (!(await this.isDue(ask, suspect))) return false;
    const verdict = await this.#examine(ask);
    if (verdict === 'accepted') return true;
    if (verdict === 'missing' && ask.given.kind === 'picture') this.#deps.reminded.set(ask.given.holder, true);
    throw new Refusal(REFUSED[verdict]);
  }

  async useUp({ given, purpose }: ChallengeAsk): Promise<boolean> {
    // A token was used up by being looked at.
    if (given.kind === 'token' || given.answer === undefined) return true;
    this.#deps.reminded.delete(given.holder);
    return this.#deps.answers.useUp({ purpose, holder: given.holder }, pictureText(given.answer));
  }

  #suspicion(given: ChallengeGiven, { call, subject }: Suspect): Promise<number> {
    const { attempts, clock, limits } = this.#deps;
    const { bucket: sourceBucket, subnet } = call.source;
    const counted = given.kind === 'token' && subject !== undefined ? { subject } : {};
    return attempts.suspicion({ sourceBucket, subnet, limits, now: clock.now(), ...counted });
  }

  async #examine({ given, purpose }: ChallengeAsk): Promise<Verdict> {
    const answer = given.kind === 'picture' ? given.answer : given.token;
    if (answer === undefined) return 'missing';
    return given.kind === 'picture'
      ? this.#deps.answers.look({ purpose, holder: given.holder }, pictureText(answer))
      : this.#claim(purpose, answer);
  }

  #claim(purpose: string, token: Secret): Promise<Verdict> {
    return this.#deps.answers.claim(tokenPlace(this.#deps.digests, purpose, token), token);
  }
}
