// Somebody changes their password, knowing the one before.
import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { claimOf, type IdentifierClaim } from '../accounts/identifier.ts';
import { hashNewPassword } from '../admin/hash-new-password.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Session } from '../sessions/session.ts';
import { doneBy } from './attempt.ts';
import { type CallerDeps, recogniseHolder, type SessionClaim } from './caller.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import { decideAttempt, type Prover, releasing } from './sign-in.ts';
import { firstRefusal, PASSWORD_CHANGE_CHECKS } from './sign-in-checks.ts';
import { decideByPassword } from './sign-in-with-password.ts';
import type { AppClaim } from './signed-in.ts';

/** Who changes their password, from which to which. */
export interface ChangePasswordAsk {
  /** The holder of a session, which goes on; or whom the current password has to prove. */
  readonly who: SessionClaim | { readonly claims: readonly IdentifierClaim[] };
  readonly current: Secret | Refusal;
  readonly next: Secret | Refusal;
  /** A session that goes on if it is theirs, and is not looked at otherwise. */
  readonly keeps?: SessionClaim;
  readonly app?: AppClaim;
}

/** The password is another one now. */
export interface PasswordChanged {
  readonly account: Account;
}

export type ChangePassword = Flow<ChangePasswordAsk, PasswordChanged>;

/** What changing a password needs. */
export interface ChangePasswordDeps extends CallerDeps {
  readonly accounts: Pick<AccountStore, 'changePassword' | 'find' | 'get' | 'getWithPassword'>;
}

/** The current password is guessed at like any other: the same counters, the same locks. All other sessions end with it. */
export const changePassword =
  (deps: ChangePasswordDeps): ChangePassword =>
  async (ask, call) => {
    if (ask.next instanceof Refusal) throw ask.next;
    const kept = await sessionKept(deps, ask, call);
    const prover = await prove(deps, ask, { call, kept });
    const { account, epoch } = prover.found;
    const identifiers = account.identifiers.map((each) => claimOf(each, deps.vault));
    const passwordHash = await hashNewPassword(deps, ask.next, { ...account, identifiers });
    const keeps = kept?.accountId === account.id ? kept.digest : null;
    const at = deps.clock.now();
    const audit = { at, act: ACT, outcome: 'success', ...doneBy(account.id, prover.app, call) } as const;
    const changed = await deps.accounts.changePassword(account.id, { passwordHash, epoch, keeps }, audit);
    if (changed === undefined) throw new Refusal('credentials.mismatch', { remark: 'all sign-ins ended meanwhile' });
    return { account: changed };
  };

const ACT = 'account.change-password';

/** @throws Refusal `session.unknown` when the session is all that tells who it is */
async function sessionKept(deps: CallerDeps, ask: ChangePasswordAsk, call: Call): Promise<Session | undefined> {
  const { who, keeps } = ask;
  const app = ask.app && { app: ask.app };
  if ('token' in who) return (await recogniseHolder(deps, { who, ...app }, call)).session;
  try {
    return keeps && (await recogniseHolder(deps, { who: keeps, ...app }, call)).session;
  } catch (reason) {
    if (reason instanceof Refusal && reason.code === 'session.unknown') return undefined;
    throw reason;
  }
}

function prove(
  deps: CallerDeps,
  { who, current, app }: ChangePasswordAsk,
  { call, kept }: { readonly call: Call; readonly kept: Session | undefined },
): Promise<Prover> {
  const claimed = 'claims' in who ? { claims: who.claims } : { claims: [], accountId: kept?.accountId ?? '' };
  const ask = { ...claimed, password: current, ...(app && { app }) };
  return decideByPassword(deps, { ask, call }, (attempt, { veil, examine }) =>
    decideAttempt(deps, attempt, {
      act: ACT,
      veil,
      examine,
      refuse: (evidence) => firstRefusal(PASSWORD_CHANGE_CHECKS, evidence),
      ending: releasing(deps, attempt),
    }),
  );
}
