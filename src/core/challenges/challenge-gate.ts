// What flows ask of challenges: whether one is due, whether it was passed, and that it is used up.
import type { Call } from '../flows/call.ts';
import type { ChallengeAsk } from './challenge-ask.ts';

/** Who calls, as far as suspicion goes. */
export interface Suspect {
  readonly call: Call;
  /**
   * The account's id or the phantom name's digest. Its failures count for tokens only: whether a picture is due was told
   * to the form before it knew a name, so there the source and the holder decide alone.
   */
  readonly subject?: string;
}

/** Stands before everything that costs: hashing, sending, registering. */
export interface ChallengeGate {
  /** Whether this client would have to pass a challenge now. */
  isDue(ask: ChallengeAsk, suspect: Suspect): Promise<boolean>;
  /**
   * Passes at once when none is due; whether one was. Every look at a given picture uses up one of its tries, and a token is
   * good for one look.
   * @throws Refusal `challenge.missing`, `challenge.expired`, `challenge.mismatch`
   */
  assertPassed(ask: ChallengeAsk, suspect: Suspect): Promise<boolean>;
  /**
   * Once nothing but this stands between the client and what it was asked for: the answer is good for nothing more. False
   * when somebody else has used the same answer up meanwhile.
   */
  useUp(ask: ChallengeAsk, suspect: Suspect): Promise<boolean>;
}
