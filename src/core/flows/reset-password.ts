// Somebody who forgot their password sets a new one, proving with a code that a number or an address is theirs.
import type { AccountStore } from '../accounts/account-store.ts';
import { claimOf, type IdentifierClaim } from '../accounts/identifier.ts';
import type { ChallengeAsk } from '../challenges/challenge-ask.ts';
import { measureNewPassword } from '../credentials/new-password.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { doneBy } from './attempt.ts';
import { type Call, entrantOf } from './call.ts';
import type { Flow } from './flow.ts';
import { decideAttempt, type Prover, releasing } from './sign-in.ts';
import { firstRefusal, PASSWORD_RESET_CHECKS } from './sign-in-checks.ts';
import { type CodeProofAsk, type CodeSignInDeps, decideByCode } from './sign-in-with-code.ts';
import type { AppClaim } from './signed-in.ts';

/** Whose password is to be set, and the code that was sent for it. */
export interface ResetPasswordAsk {
  /** The mobile or e-mail the code was sent to. */
  readonly claim: IdentifierClaim;
  /** Separates codes of different acts: `shopxo.forgetpwd`. */
  readonly purpose: string;
  readonly code: Secret | undefined;
  readonly password: Secret | Refusal;
  readonly challenge?: ChallengeAsk;
  readonly app?: AppClaim;
}

/** The password is another one now. */
export interface PasswordReset {
  readonly at: number;
}

export type ResetPassword = Flow<ResetPasswordAsk, PasswordReset>;

/** What resetting a password needs. */
export interface ResetPasswordDeps extends CodeSignInDeps {
  readonly accounts: Pick<AccountStore, 'changePassword' | 'find' | 'getWithPassword'>;
}

/**
 * One step, so that none can be skipped: the code and the new password come together. All sessions end, the account's failures are forgotten,
 * and nobody is signed in. What everybody may know to be unfit is refused before the code is looked at.
 */
export const resetPassword =
  (deps: ResetPasswordDeps): ResetPassword =>
  async ({ claim, password, ...asked }, call) => {
    if (password instanceof Refusal) throw password;
    await measureNewPassword(password, { identifiers: [claim], profile: {}, roles: [] }, deps.passwordPolicy);
    const place = await deps.passwords.enter(entrantOf(call));
    try {
      const { app, found } = await prove(deps, { ...asked, claims: [claim] }, call);
      const { account, epoch } = found;
      const identifiers = account.identifiers.map((each) => claimOf(each, deps.vault));
      const measured = await measureNewPassword(password, { ...account, identifiers }, deps.passwordPolicy);
      const passwordHash = await place.hash(measured);
      const at = deps.clock.now();
      const audit = { at, act: ACT, outcome: 'success', ...doneBy(account.id, app, call) } as const;
      const changed = await deps.accounts.changePassword(account.id, { passwordHash, epoch, keeps: null }, audit);
      if (changed === undefined) throw new Refusal('code.expired', { remark: 'all sign-ins ended meanwhile' });
      return { at };
    } finally {
      place.leave();
    }
  };

const ACT = 'account.reset-password';

function prove(deps: ResetPasswordDeps, ask: CodeProofAsk, call: Call): Promise<Prover> {
  return decideByCode(deps, { ask, call }, (attempt, { veil, examine }) =>
    decideAttempt(deps, attempt, {
      act: ACT,
      veil,
      examine,
      refuse: (evidence) => firstRefusal(PASSWORD_RESET_CHECKS, evidence),
      ending: releasing(deps, attempt),
    }),
  );
}
