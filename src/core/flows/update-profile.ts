// Somebody changes what their account says of them.
import type { Account } from '../accounts/account.ts';
import type { AccountChange, AccountStore } from '../accounts/account-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import { doneBy } from './attempt.ts';
import { type Caller, type CallerAsk, type CallerDeps, identifyCaller } from './caller.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';

/** What a person may change: never status, roles, identifiers or another dialect's business. */
export type OwnChange = Pick<AccountChange, 'profile' | 'attributes'>;

/** Who asks, and what is to change. */
export interface UpdateProfileAsk extends CallerAsk {
  /** Thinks the change out; undefined for none. Thought out anew when somebody else changed the account meanwhile. */
  readonly revise: (account: Account, now: { readonly at: number; readonly day: number }) => OwnChange | undefined;
}

/** The account afterwards, and whether anything was to change. */
export interface UpdatedProfile {
  readonly account: Account;
  readonly isChanged: boolean;
}

export type UpdateProfile = Flow<UpdateProfileAsk, UpdatedProfile>;

/** What changing a profile needs. */
export interface UpdateProfileDeps extends CallerDeps {
  readonly accounts: Pick<AccountStore, 'change' | 'find' | 'get' | 'getWithPassword'>;
}

/** Each time somebody else was faster: more than that is a crowd no person is. */
const MOST_TURNS = 20;

/** Nothing anybody changed is lost: a change holds only for the account it was thought out for. */
export const updateProfile =
  (deps: UpdateProfileDeps): UpdateProfile =>
  async ({ revise, ...ask }, call) => {
    const caller = await identifyCaller(deps, { ...ask, act: 'account.update' }, call);
    let { account } = caller;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const at = deps.clock.now();
      const change = revise(account, { at, day: deps.calendar.dayOf(at) });
      if (change === undefined) return { account, isChanged: false };
      const changed = await write(deps, { caller, call, at, change, account });
      if (changed !== undefined) return { account: changed, isChanged: true };
      account = await reread(deps, account);
    }
    throw new Refusal('server.busy', { retryAfterSeconds: 1, remark: 'the account changes all the time' });
  };

interface Turn {
  readonly account: Account;
  readonly at: number;
  readonly call: Call;
  readonly caller: Caller;
  readonly change: OwnChange;
}

function write(
  { accounts }: UpdateProfileDeps,
  { account, at, call, caller, change }: Turn,
): Promise<Account | undefined> {
  const { id, profile, attributes } = account;
  const audit = { at, act: 'account.update', outcome: 'success', ...doneBy(id, caller.app, call) } as const;
  return accounts.change(id, { ...change, expects: { profile, attributes } }, audit);
}

async function reread({ accounts }: UpdateProfileDeps, { id }: Account): Promise<Account> {
  const account = await accounts.get(id);
  if (account === undefined) throw new Refusal('session.unknown');
  return account;
}
