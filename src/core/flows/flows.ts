// The flows a dialect can put on the wire: their names, what each asks for and what it gives.
import type { DescribeSignIn } from './describe-sign-in.ts';
import type { IntrospectToken } from './introspect-token.ts';
import type { SignInWithCode } from './sign-in-with-code.ts';
import type { SignInWithPassword } from './sign-in-with-password.ts';

/** Every flow by name. A dialect row names one; asks and outcomes follow from it. */
export interface Flows {
  readonly signInWithPassword: SignInWithPassword;
  readonly signInWithCode: SignInWithCode;
  readonly describeSignIn: DescribeSignIn;
  readonly introspectToken: IntrospectToken;
}

export type FlowName = keyof Flows;

/** What the named flow must be asked with. */
export type AskOf<Name extends FlowName> = Parameters<Flows[Name]>[0];

/** What the named flow gives. */
export type OutcomeOf<Name extends FlowName> = Awaited<ReturnType<Flows[Name]>>;
