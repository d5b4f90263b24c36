// The flows a dialect can put on the wire: their names, what each asks for and what it gives.
import type { AdministrationFlows } from '../administration/administration-flows.ts';
import type { ChangePassword } from './change-password.ts';
import type { CheckIdentifier } from './check-identifier.ts';
import type { DeleteAccount } from './delete-account.ts';
import type { DescribeAccount } from './describe-account.ts';
import type { DescribeSignIn } from './describe-sign-in.ts';
import type { EndOtherSessions, EndSession } from './end-session.ts';
import type { ExportAccount } from './export-account.ts';
import type { IntrospectToken, IntrospectTokens } from './introspect-token.ts';
import type { Join } from './join.ts';
import type { ListSessions } from './list-sessions.ts';
import type { PassChallenge } from './pass-challenge.ts';
import type { PoseChallenge } from './pose-challenge.ts';
import type { RegisterAccount } from './register-account.ts';
import type { ResetPassword } from './reset-password.ts';
import type { SendCode } from './send-code.ts';
import type { ShowPicture } from './show-picture.ts';
import type { ShowReference } from './show-reference.ts';
import type { SignInWithCode } from './sign-in-with-code.ts';
import type { SignInWithPassword } from './sign-in-with-password.ts';
import type { SignOut } from './sign-out.ts';
import type { SignUp } from './sign-up.ts';
import type { UpdateProfile } from './update-profile.ts';

/** Every flow by name. A dialect row names one; asks and outcomes follow from it. */
export interface Flows extends AdministrationFlows {
  readonly signInWithPassword: SignInWithPassword;
  readonly signInWithCode: SignInWithCode;
  readonly sendCode: SendCode;
  readonly describeSignIn: DescribeSignIn;
  readonly showPicture: ShowPicture;
  readonly poseChallenge: PoseChallenge;
  readonly passChallenge: PassChallenge;
  readonly registerAccount: RegisterAccount;
  readonly signUp: SignUp;
  readonly checkIdentifier: CheckIdentifier;
  readonly describeAccount: DescribeAccount;
  readonly updateProfile: UpdateProfile;
  readonly changePassword: ChangePassword;
  readonly resetPassword: ResetPassword;
  readonly signOut: SignOut;
  readonly introspectToken: IntrospectToken;
  readonly introspectTokens: IntrospectTokens;
  readonly join: Join;
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly endOtherSessions: EndOtherSessions;
  readonly exportAccount: ExportAccount;
  readonly deleteAccount: DeleteAccount;
  readonly showReference: ShowReference;
}

export type FlowName = keyof Flows;

/** What the named flow must be asked with. */
export type AskOf<Name extends FlowName> = Parameters<Flows[Name]>[0];

/** What the named flow gives. */
export type OutcomeOf<Name extends FlowName> = Awaited<ReturnType<Flows[Name]>>;
