// What a client must know before it can draw a sign-in form.
import type { Flow } from './flow.ts';

/** What a sign-in form has to show. */
export interface SignInDescription {
  /** A challenge would be due for this client now. */
  readonly isChallengeDue: boolean;
}

export type DescribeSignIn = Flow<Readonly<Record<never, never>>, SignInDescription>;

/** There is no kind of challenge yet, so none is ever due. */
export const describeSignIn = (): DescribeSignIn => () => Promise.resolve({ isChallengeDue: false });
