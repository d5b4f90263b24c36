// Registering that signs in at once: the account and its first session are kept together, or neither is.
import type { NewAccount } from '../accounts/account-store.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { Refusal } from '../kernel/refusal.ts';
import { doneBy } from './attempt.ts';
import type { Call } from './call.ts';
import { disclose } from './disclose.ts';
import { type Drawn, drawSession, sessionOf } from './draw-session.ts';
import type { Flow } from './flow.ts';
import { enrol, type Enrolment, keep, type RegistrationAsk, type RegistrationDeps } from './registration.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** What somebody says of themselves, and the session they want. */
export interface SignUpAsk extends RegistrationAsk, Pick<SignInAsk, 'client' | 'discloses' | 'session'> {
  /** The key under which the client may ask once more. */
  readonly once?: NonNullable<NewAccount['once']>;
}

export type SignUp = Flow<SignUpAsk, SignedIn>;

/**
 * That a name is taken cannot be hidden here: whoever gets no token has not registered.
 * @throws Refusal `account.pending` once the account is kept that awaits approval
 */
export const signUp =
  (deps: RegistrationDeps): SignUp =>
  async (ask, call) => {
    const enrolment = await enrol(deps, ask, call);
    if (ask.awaitsApproval === true) return keepWaiting(deps, enrolment, call);
    const drawn = drawSession(deps, ask.session);
    const signIn = firstSignIn(deps, { ask, call, drawn, enrolment });
    const once = ask.once && { once: ask.once };
    const account = await keep(deps, { ...enrolment, account: { ...enrolment.account, ...once, signIn } }, call);
    const { expiresAt, issuedAt: at } = signIn.session;
    return {
      account,
      session: { ...drawn.issued, issuedAt: at, expiresAt },
      app: enrolment.app,
      disclosed: disclose(deps.vault, account, ask.discloses ?? []),
      at,
    };
  };

/** @throws Refusal `account.pending`, and as `keep` */
async function keepWaiting(deps: RegistrationDeps, enrolment: Enrolment, call: Call): Promise<never> {
  await keep(deps, enrolment, call);
  throw new Refusal('account.pending');
}

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
