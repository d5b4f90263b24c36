// What flows ask of challenges: whether one is due, whether it was passed, and that it is used up.
import type { Call } from '../flows/call.ts';
import type { ChallengeAsk } from './challenge-ask.ts';

/** Who calls, as far as suspicion goes. */
export interface Suspect {
  readonly call: Call;
  /** The account's id or the phantom name's digest, where the dialect lets suspicion of an account count. */
  readonly subject?: string;
}

/** Stands before everything that costs: hashing, sending, registering. */
export interface ChallengeGate {
  /** Whether this client would have to pass a challenge now. */
  isDue(ask: ChallengeAsk, suspect: Suspect): Promise<boolean>;
  /**
   * Passes at once when none is due. Every look at a given answer uses up one of its tries.
   * @throws Refusal `challenge.missing`, `challenge.expired`, `challenge.mismatch`
   */
  assertPassed(ask: ChallengeAsk, suspect: Suspect): Promise<void>;
  /** After what it was asked for has succeeded: the answer is good for nothing more. */
  useUp(ask: ChallengeAsk, suspect: Suspect): Promise<void>;
}
