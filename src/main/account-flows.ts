// Wires the flows about one's own account: registering, reading and changing it, and ending what was begun.
import {
  changePassword,
  checkIdentifier,
  deleteAccount,
  describeAccount,
  endOtherSessions,
  endSession,
  type Errands,
  exportAccount,
  type Flows,
  join,
  listSessions,
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
  | 'changePassword'
  | 'checkIdentifier'
  | 'deleteAccount'
  | 'describeAccount'
  | 'endOtherSessions'
  | 'endSession'
  | 'exportAccount'
  | 'join'
  | 'listSessions'
  | 'registerAccount'
  | 'resetPassword'
  | 'signOut'
  | 'signUp'
  | 'updateProfile'
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
  const { accounts, allowances, audit, dossiers, meta, registrations } = stores;
  const proving = { ...signIn, accounts, errands, guard };
  const registering = { ...proving, allowances, audit, registration: config.registration };
  const calling = { ...signIn, accounts, sessions };
  const holding = { ...calling, sessionStore: stores.sessions };
  return {
    registerAccount: registerAccount({ ...registering, meta }),
    signUp: signUp(registering),
    checkIdentifier: checkIdentifier({ ...registering, lookups: config.lookups }),
    describeAccount: describeAccount(calling),
    updateProfile: updateProfile(calling),
    changePassword: changePassword(calling),
    resetPassword: resetPassword(proving),
    signOut: signOut(holding),
    listSessions: listSessions(holding),
    endSession: endSession(holding),
    endOtherSessions: endOtherSessions(holding),
    join: join({ ...registering, meta, registrations }),
    exportAccount: exportAccount({ ...calling, allowances, audit, dossiers }),
    deleteAccount: deleteAccount(calling),
  };
}
