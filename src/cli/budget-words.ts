// A budget in words an operator understands.
import { type BudgetKind, type BudgetState, type JsonObject, LOCKED_FOR_GOOD } from '#core';

/** Whose attempts a budget counts. */
export const BUDGET_OF: Readonly<Record<BudgetKind, string>> = {
  account: 'attempts against the account from sources that are strange to it',
  known: 'attempts against the account from one source that signed in to it lately',
  names: 'different names tried from one source',
  source: 'attempts from one source',
  subnet: 'attempts from one network',
};

/** An instant, or what stands for none. */
const instantText = (at: number): string => {
  if (at === LOCKED_FOR_GOOD) return 'until it is unlocked';
  return at === 0 ? '-' : new Date(at).toISOString();
};

/** How a budget stands, in half a sentence. */
export function standingText(state: BudgetState, now: number): string {
  const { failures, inARow, waits, lockedUntil, windowStartedAt } = state;
  const counted = `${failures} failures since ${instantText(windowStartedAt)}, ${inARow} in a row, ${waits} waits so far`;
  if (lockedUntil === LOCKED_FOR_GOOD) return `${counted}; locked until it is unlocked`;
  return lockedUntil > now ? `${counted}; locked until ${instantText(lockedUntil)}` : `${counted}; not locked`;
}

/** The same for programs. A lock for good has no end. */
export function standingJson(state: BudgetState, now: number): JsonObject {
  const { failures, inARow, waits, lockedUntil, windowStartedAt, failedAt } = state;
  const isForGood = lockedUntil === LOCKED_FOR_GOOD;
  return {
    failures,
    inARow,
    waits,
    windowStartedAt: windowStartedAt === 0 ? null : instantText(windowStartedAt),
    lastFailureAt: failedAt === 0 ? null : instantText(failedAt),
    isLocked: lockedUntil > now,
    isLockedForGood: isForGood,
    lockedUntil: lockedUntil === 0 || isForGood ? null : instantText(lockedUntil),
  };
}
