// What a client must know before it can draw a sign-in form.
import type { ChallengeAsk } from '../challenges/challenge-ask.ts';
import type { ChallengeGate } from '../challenges/challenge-gate.ts';
import type { Flow } from './flow.ts';

/** Who wants to draw the form: the challenge as the sign-in itself would ask for it. */
export interface DescribeSignInAsk {
  readonly challenge?: ChallengeAsk;
}

/** What a sign-in form has to show. */
export interface SignInDescription {
  /** A challenge would be due for this client now. */
  readonly isChallengeDue: boolean;
}

export type DescribeSignIn = Flow<DescribeSignInAsk, SignInDescription>;

/** Says beforehand what signing in would ask for. */
export const describeSignIn =
  ({ challenges }: { readonly challenges: Pick<ChallengeGate, 'isDue'> }): DescribeSignIn =>
  async ({ challenge }, call) => ({
    isChallengeDue: challenge !== undefined && (await challenges.isDue(challenge, { call })),
  });
