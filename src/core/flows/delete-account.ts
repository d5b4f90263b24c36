// Somebody deletes their own account, and everything of theirs with it.
import type { AccountStore } from '../accounts/account-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { OPERATOR_ROLES } from '../roles/permissions.ts';
import { doneBy } from './attempt.ts';
import { type CallerDeps, recogniseHolder, type SessionAsk } from './caller.ts';
import type { Flow } from './flow.ts';
import { decideAttempt, releasing } from './sign-in.ts';
import { firstRefusal, PASSWORD_CHANGE_CHECKS } from './sign-in-checks.ts';
import { decideByPassword } from './sign-in-with-password.ts';

/** Who asks, and what proves once more that it is they. */
export interface DeleteAccountAsk extends SessionAsk {
  readonly password: Secret | Refusal;
}

/** The account is gone. */
export interface AccountDeleted {
  readonly at: number;
}

export type DeleteAccount = Flow<DeleteAccountAsk, AccountDeleted>;

/** What deleting needs. */
export interface DeleteAccountDeps extends CallerDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'get' | 'getWithPassword' | 'remove'>;
}

const ACT = 'account.delete';

/**
 * A token alone deletes nothing: the password is guessed at like any other, with the same counters and the same locks.
 * @throws Refusal `session.unknown`, `operator.last`, and as a sign-in
 */
export const deleteAccount =
  (deps: DeleteAccountDeps): DeleteAccount =>
  async ({ password, ...ask }, call) => {
    const { session } = await recogniseHolder(deps, ask, call);
    const proof = { ...(ask.app && { app: ask.app }), claims: [], accountId: session.accountId, password };
    const { app, found } = await decideByPassword(deps, { ask: proof, call }, (attempt, { veil, examine }) =>
      decideAttempt(deps, attempt, {
        act: ACT,
        veil,
        examine,
        refuse: (evidence) => firstRefusal(PASSWORD_CHANGE_CHECKS, evidence),
        ending: releasing(deps, attempt),
      }),
    );
    const { id } = found.account;
    const at = deps.clock.now();
    const audit = { at, act: ACT, outcome: 'success', ...doneBy(id, app, call) } as const;
    const removal = { epoch: found.epoch, spares: OPERATOR_ROLES };
    if (!(await deps.accounts.remove(id, audit, removal))) throw new Refusal('session.unknown');
    return { at };
  };
