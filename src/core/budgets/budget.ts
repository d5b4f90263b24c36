// Budgets: how many failures an account, a source or a subnet may have, and what follows beyond that. Pure arithmetic.

/** What a budget counts for; `names` counts the different names a source has failed with. */
export type BudgetKind = 'account' | 'known' | 'names' | 'source' | 'subnet';

/** Limits of one kind of budget. */
export interface BudgetLimit {
  /** Failures within the window before the next attempt is refused. */
  readonly failures: number;
  readonly windowSeconds: number;
  /** First wait after the limit; it doubles with each further failure up to `longestWaitSeconds`. */
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
  /** Without a failure for so long, the ladder of waits starts anew. */
  readonly forgetAfterSeconds: number;
  /** Failures in a row after which nothing but a reset or an operator helps; null for never. */
  readonly failuresInARow: number | null;
}

/** The limits of every kind. */
export type BudgetLimits = Readonly<Record<BudgetKind, BudgetLimit>>;

/** A budget an attempt is charged to. */
export interface BudgetKey {
  readonly kind: BudgetKind;
  /** Account id, phantom digest of an unknown name, address or network. */
  readonly key: string;
}

/** The count of one budget. Instants are milliseconds; 0 means never. */
export interface BudgetState {
  readonly failures: number;
  readonly windowStartedAt: number;
  readonly inARow: number;
  readonly waits: number;
  readonly lockedUntil: number;
  readonly failedAt: number;
}

/** The state of a budget nobody has charged yet. */
export const FRESH_BUDGET: BudgetState = {
  failures: 0,
  windowStartedAt: 0,
  inARow: 0,
  waits: 0,
  lockedUntil: 0,
  failedAt: 0,
};

/** The instant of a lock that only a reset or an operator lifts. */
export const LOCKED_FOR_GOOD = Number.MAX_SAFE_INTEGER;

/** A source that signed in to an account within this time is known there. */
export const KNOWN_SOURCE_MS = 30 * 24 * 60 * 60 * 1000;

/** What a budget says to one more attempt. */
export type Standing =
  | { readonly outcome: 'granted' }
  | { readonly outcome: 'in-flight' } // the allowance is taken by attempts that are still being decided
  | { readonly outcome: 'refused'; readonly until: number };

const isWindowOver = (state: BudgetState, limit: BudgetLimit, now: number): boolean =>
  now >= state.windowStartedAt + limit.windowSeconds * 1000;

const isForgotten = (state: BudgetState, limit: BudgetLimit, now: number): boolean =>
  now >=
  Math.max(state.failedAt, state.lockedUntil === LOCKED_FOR_GOOD ? 0 : state.lockedUntil) +
    limit.forgetAfterSeconds * 1000;

/** How many failures the current window holds. */
export function failuresWithin(state: BudgetState, limit: BudgetLimit, now: number): number {
  return isWindowOver(state, limit, now) ? 0 : state.failures;
}

/** How many attempts may be in flight at once: what is left of the window, or a single one on the ladder of waits. */
function allowance(state: BudgetState, limit: BudgetLimit, now: number): number {
  if (state.waits > 0 && !isForgotten(state, limit, now)) return 1;
  const left = limit.failures - failuresWithin(state, limit, now);
  return limit.failuresInARow === null ? left : Math.min(left, limit.failuresInARow - state.inARow);
}

/** Whether one more attempt may be evaluated, given those already in flight. */
export function judge(
  state: BudgetState,
  limit: BudgetLimit,
  at: { readonly now: number; readonly inFlight: number },
): Standing {
  if (state.lockedUntil > at.now) return { outcome: 'refused', until: state.lockedUntil };
  return at.inFlight < allowance(state, limit, at.now) ? { outcome: 'granted' } : { outcome: 'in-flight' };
}

function waitAfter(waits: number, limit: BudgetLimit): number {
  return Math.min(limit.firstWaitSeconds * 2 ** Math.min(waits, 30), limit.longestWaitSeconds) * 1000;
}

/** The state after one more failure. */
export function countFailure(state: BudgetState, limit: BudgetLimit, now: number): BudgetState {
  const isNew = isWindowOver(state, limit, now);
  const climbed = isForgotten(state, limit, now) ? 0 : state.waits;
  const failures = (isNew ? 0 : state.failures) + 1;
  const inARow = state.inARow + 1;
  const counted = { failures, inARow, windowStartedAt: isNew ? now : state.windowStartedAt, failedAt: now };
  if (limit.failuresInARow !== null && inARow >= limit.failuresInARow) {
    return { ...counted, waits: climbed + 1, lockedUntil: LOCKED_FOR_GOOD };
  }
  if (climbed === 0 && failures < limit.failures) return { ...counted, waits: 0, lockedUntil: 0 };
  return { ...counted, waits: climbed + 1, lockedUntil: now + waitAfter(climbed, limit) };
}

/** Whole seconds until the instant, at least 1; a lock for good counts as the longest wait. */
export function secondsUntil(until: number, now: number, limit: BudgetLimit): number {
  if (until === LOCKED_FOR_GOOD) return limit.longestWaitSeconds;
  return Math.max(1, Math.ceil((until - now) / 1000));
}
