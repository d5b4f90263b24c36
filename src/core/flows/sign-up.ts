// Registering that signs in at once: the account and its first session are kept together, or neither is.
import type { AuditEntry } from '../audit/audit-entry.ts';
import { doneBy } from './attempt.ts';
import type { Call } from './call.ts';
import { disclose } from './disclose.ts';
import { type Drawn, drawSession, sessionOf } from './draw-session.ts';
import type { Flow } from './flow.ts';
import { enrol, type Enrolment, keep, type RegistrationAsk, type RegistrationDeps } from './registration.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** What somebody says of themselves, and the session they want. */
export interface SignUpAsk extends RegistrationAsk, Pick<SignInAsk, 'client' | 'discloses' | 'session'> {}

export type SignUp = Flow<SignUpAsk, SignedIn>;

/** That a name is taken cannot be hidden here: whoever gets no token has not registered. */
export const signUp =
  (deps: RegistrationDeps): SignUp =>
  async (ask, call) => {
    const enrolment = await enrol(deps, ask, call);
    const drawn = drawSession(deps, ask.session);
    const signIn = firstSignIn(deps, { ask, call, drawn, enrolment });
    const account = await keep(deps, { ...enrolment, account: { ...enrolment.account, signIn } }, call);
    const { expiresAt, issuedAt: at } = signIn.session;
    return {
      account,
      session: { ...drawn.issued, issuedAt: at, expiresAt },
      app: enrolment.app,
      disclosed: disclose(deps.vault, account, ask.discloses ?? []),
      at,
    };
  };

interface Opening {
  readonly ask: SignUpAsk;
  readonly call: Call;
  readonly drawn: Drawn;
  readonly enrolment: Enrolment;
}

function firstSignIn(
  { calendar, maxSessions }: RegistrationDeps,
  { ask, call, drawn, enrolment }: Opening,
): NonNullable<Enrolment['account']['signIn']> {
  const { account, app, realm } = enrolment;
  const at = account.createdAt;
  const who = doneBy(account.id, app, call);
  const audit: AuditEntry = { at, act: 'sign-in.registration', outcome: 'success', ...who };
  const session = sessionOf({ accountId: account.id, app, ask, call, realm }, drawn, at);
  return { session, maxSessions, day: calendar.dayOf(at), audit };
}
