// One attempt to sign in, as far as it has come, and what signing in needs.
import type { AccountStore, AccountWithPassword } from '../accounts/account-store.ts';
import type { IdentifierKey } from '../accounts/identifier.ts';
import { type AppGate, whence } from '../apps/app-gate.ts';
import type { App } from '../apps/app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { BudgetLimits } from '../budgets/budget.ts';
import type { Reservations } from '../budgets/reservations.ts';
import type { ChallengeGate } from '../challenges/challenge-gate.ts';
import type { CodeStore } from '../codes/code-store.ts';
import type { NewPasswordPolicy } from '../credentials/new-password.ts';
import type { PasswordPool } from '../credentials/password-pool.ts';
import type { Calendar } from '../kernel/calendar.ts';
import type { Clock, Digests, IdentifierVault, Randomness } from '../kernel/ports.ts';
import type { Call } from './call.ts';
import type { ProofAsk } from './signed-in.ts';

/** What signing in needs. */
export interface SignInDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'getWithPassword'>;
  readonly attempts: AttemptStore;
  readonly calendar: Calendar;
  readonly challenges: ChallengeGate;
  readonly clock: Clock;
  readonly codes: Pick<CodeStore, 'claim'>;
  readonly digests: Digests;
  readonly gate: AppGate;
  readonly limits: BudgetLimits;
  /** The account's oldest sessions beyond this many end. */
  readonly maxSessions: number;
  readonly passwordPolicy: NewPasswordPolicy;
  readonly passwords: PasswordPool;
  readonly randomness: Randomness;
  readonly reservations: Reservations;
  readonly vault: IdentifierVault;
}

/** One attempt to prove who somebody is. */
export interface Attempt<Ask extends ProofAsk = ProofAsk> {
  readonly ask: Ask;
  readonly call: Call;
  readonly app: App | undefined;
  readonly realm: string;
  readonly keys: readonly IdentifierKey[];
  readonly found: AccountWithPassword | undefined;
}

/** The part of an audit entry that tells who tried and from where. */
export function whoAndWhence({ found, app, call }: Pick<Attempt, 'app' | 'call' | 'found'>): Actor {
  return { ...(found && { accountId: found.account.id }), ...(app && { appId: app.id }), ...whence(call) };
}

/** The same of somebody whose account is known. */
export function doneBy(accountId: string, app: App | undefined, call: Call): Actor {
  return { accountId, ...(app && { appId: app.id }), ...whence(call) };
}

type Actor = Pick<AuditEntry, 'accountId' | 'appId' | 'source' | 'dialect' | 'endpoint' | 'requestId'>;
