// Wires the flows about one's own account: registering, reading and changing it, and ending what was begun.
import {
  changePassword,
  describeAccount,
  type Errands,
  type Flows,
  registerAccount,
  type RegistrationDeps,
  resetPassword,
  type SessionDirectory,
  signOut,
  signUp,
  type SpendGuard,
  updateProfile,
} from '#core';
import type { House } from './house.ts';

type AccountFlows = Pick<
  Flows,
  'changePassword' | 'describeAccount' | 'registerAccount' | 'resetPassword' | 'signOut' | 'signUp' | 'updateProfile'
>;

/** What the house does not hold. */
export interface AccountFlowDeps {
  readonly signIn: Omit<RegistrationDeps, 'accounts' | 'allowances' | 'audit' | 'errands' | 'guard' | 'registration'>;
  readonly errands: Errands;
  readonly guard: SpendGuard;
  readonly sessions: SessionDirectory;
}

export function accountFlows({ config, stores }: House, deps: AccountFlowDeps): AccountFlows {
  const { errands, guard, sessions, signIn } = deps;
  const { accounts, allowances, audit, meta } = stores;
  const proving = { ...signIn, accounts, errands, guard };
  const registering = { ...proving, allowances, audit, registration: config.registration };
  const calling = { ...signIn, accounts, sessions };
  return {
    registerAccount: registerAccount({ ...registering, meta }),
    signUp: signUp(registering),
    describeAccount: describeAccount(calling),
    updateProfile: updateProfile(calling),
    changePassword: changePassword(calling),
    resetPassword: resetPassword(proving),
    signOut: signOut({ ...calling, sessionStore: stores.sessions }),
  };
}
