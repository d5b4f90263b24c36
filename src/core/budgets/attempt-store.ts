// The port through which sign-in attempts are reserved before a secret is looked at, and settled afterwards.
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Account } from '../accounts/account.ts';
import type { Session } from '../sessions/session.ts';
import type { BudgetKey, BudgetKind, BudgetLimits, Standing } from './budget.ts';

/** Asks for one attempt on several budgets at once. */
export interface Reservation {
  readonly id: string;
  /** Account id, or a phantom digest for a name nobody has. */
  readonly subject: string;
  readonly sourceBucket: string;
  readonly subnet: string;
  readonly limits: BudgetLimits;
  readonly now: number;
  /** An attempt not settled by then (its process died) no longer counts as in flight. */
  readonly expiresAt: number;
}

/** The answer to a reservation. `refused` and `in-flight` name the budget that said so. */
export type ReservationOutcome =
  | { readonly outcome: 'granted' }
  | (Exclude<Standing, { readonly outcome: 'granted' }> & { readonly budget: BudgetKey });

/** A password brought up to date after it was proven. */
export interface Rehash {
  /** Replaced only while this is still what is stored. */
  readonly previous: string;
  readonly next: string;
}

/** Everything that becomes true when a sign-in succeeds. */
export interface SignInRecord {
  readonly reservationId: string;
  readonly session: Session;
  /** The account's, as it was when the secret was read that has been proven. */
  readonly epoch: number;
  /** Sessions this one ends, besides the oldest beyond the maximum. */
  readonly replaces?: 'account' | 'clientType';
  readonly maxSessions: number;
  /** Day number in the configured time zone, for the run of days. */
  readonly day: number;
  readonly rehash?: Rehash;
  readonly audit: AuditEntry;
}

/** Whose recent failures are asked for. */
export interface Suspicion extends Omit<Reservation, 'id' | 'subject' | 'expiresAt'> {
  /** Left out where only the source counts. */
  readonly subject?: string;
}

/** Sign-in attempts. Counters survive the death of the process; what `succeed` returned is durable. */
export interface AttemptStore {
  /** What source and subnet say without being charged: the first that is locked, if any. */
  standing(
    source: { readonly bucket: string; readonly subnet: string },
    now: number,
  ): Promise<{ readonly kind: BudgetKind; readonly until: number } | undefined>;
  /**
   * Failures within the current windows: of the source, or of the subject as this source is charged to it, whichever are more.
   * Those of the subnet arouse no suspicion: too many strangers share one.
   */
  suspicion(suspicion: Suspicion): Promise<number>;
  /** Whether the source signed in to the account within 30 days. */
  isKnown(subject: string, sourceBucket: string, now: number): Promise<boolean>;
  /** Sources somebody signed in from after that instant, the latest first; at most so many, and some of them more than once. */
  sourcesSince(instant: number, atMost: number): Promise<readonly string[]>;
  /**
   * Charges account (or the account's known source), source and subnet in one atomic act, before any secret is looked at.
   * However many reserve at once, no more are granted than failures are allowed.
   * A source that signed in to this account within 30 days is charged to a budget of its own (`known`) instead of the account's.
   */
  reserve(reservation: Reservation): Promise<ReservationOutcome>;
  /** The secret was wrong: the reservation is kept as a failure. */
  fail(
    reservationId: string,
    settlement: { readonly limits: BudgetLimits; readonly at: number; readonly audit: AuditEntry },
  ): Promise<void>;
  /** The secret was not the reason: the reservation is given back. */
  release(reservationId: string, audit: AuditEntry | null): Promise<void>;
  /** One transaction: reservation given back, own counters cleared, session, last sign-in, run of days, rehash, audit. Undefined if the account is gone or no longer may sign in. */
  succeed(record: SignInRecord): Promise<Account | undefined>;
  /** Counts a failure that no reservation stands for (a wrong signature). */
  strike(
    source: { readonly bucket: string; readonly subnet: string },
    settlement: { readonly limits: BudgetLimits; readonly at: number; readonly audit: AuditEntry },
  ): Promise<void>;
  /** Forgets the failures of the account, its known sources included. */
  unlock(accountId: string, audit: AuditEntry): Promise<void>;
  /** Removes counters and dead reservations that no longer matter, at most so many; tells how many. A lock is never removed. */
  sweep(now: number, limits: BudgetLimits, atMost: number): Promise<number>;
}
