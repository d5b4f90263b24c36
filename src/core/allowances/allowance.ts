// Allowances: how much of something may be spent in any stretch of time, and when to stop because it is spent in vain. Pure arithmetic.

/** So much within any stretch of that length, wherever it begins. */
export interface AllowanceLimit {
  readonly most: number;
  readonly windowSeconds: number;
}

/** What is spent must come to some use: of so many that had their time, at least such a share. */
export interface UseFloor {
  readonly sample: number;
  readonly leastPercent: number;
  /** How long it may take until something is used. */
  readonly patienceSeconds: number;
  /** How long nothing is spent once the share was missed. */
  readonly closedSeconds: number;
}

/** One thing that is counted. */
export interface Allowance {
  /** What is counted: `destination-hour`, `source`, `spend`. */
  readonly name: string;
  /** For whom: a digest, an address, a number's prefix; empty where it is for all together. */
  readonly key: string;
  readonly limit: AllowanceLimit;
  /** What one act takes of it. */
  readonly cost: number;
  /** Running out is the operator's concern: it is told once, and nothing is spent until there is enough again. */
  readonly isGuard: boolean;
  readonly floor?: UseFloor;
}

/** What was spent from an instant on, and how much of it came to use. */
export interface Mark {
  readonly since: number;
  readonly spent: number;
  readonly used: number;
}

/** The count of one allowance. */
export interface AllowanceState {
  /** Oldest first. */
  readonly marks: readonly Mark[];
  /** Until then it is closed; 0 if it never was. */
  readonly closedUntil: number;
}

/** The state of an allowance nobody has touched yet. */
export const FRESH_ALLOWANCE: AllowanceState = { marks: [], closedUntil: 0 };

/** What an allowance says to one more act. */
export type AllowanceStanding =
  | { readonly outcome: 'granted' }
  | {
      readonly outcome: 'refused';
      readonly until: number;
      readonly isGuard: boolean;
      /** It closes with this refusal: nobody was told before. */
      readonly isNews: boolean;
    };

/** A limit up to this is counted to the millisecond; a larger one in so many steps, each of which counts until its end. */
const MOST_MARKS = 32;

const windowOf = ({ windowSeconds }: AllowanceLimit): number => windowSeconds * 1000;
const stepOf = (limit: AllowanceLimit): number =>
  limit.most <= MOST_MARKS ? 0 : Math.ceil(windowOf(limit) / MOST_MARKS);
/** How long a mark counts: never shorter than the window, for whatever was added to it last. */
const lifeOf = (limit: AllowanceLimit): number => windowOf(limit) + stepOf(limit);

const sum = (marks: readonly Mark[], of: 'spent' | 'used'): number =>
  marks.reduce((total, mark) => total + mark[of], 0);

/** The marks that still count. */
function living({ marks }: AllowanceState, limit: AllowanceLimit, now: number): readonly Mark[] {
  return marks.filter(({ since }) => now < since + lifeOf(limit));
}

/** Whether one more act is allowed. */
export function judgeAllowance(state: AllowanceState, allowance: Allowance, now: number): AllowanceStanding {
  const { limit, floor, isGuard, cost } = allowance;
  if (now < state.closedUntil) return { outcome: 'refused', until: state.closedUntil, isGuard: true, isNews: false };
  const marks = living(state, limit, now);
  if (floor !== undefined && isInVain(marks, floor, now - stepOf(limit)))
    return { outcome: 'refused', until: now + floor.closedSeconds * 1000, isGuard: true, isNews: true };
  if (sum(marks, 'spent') + cost <= limit.most) return { outcome: 'granted' };
  return { outcome: 'refused', until: whenThereIsRoom(marks, allowance, now), isGuard, isNews: isGuard };
}

/** Only what had its time by then is held against it; use of what is younger is to its credit all the same. */
function isInVain(marks: readonly Mark[], floor: UseFloor, by: number): boolean {
  const ripe = sum(
    marks.filter(({ since }) => since + floor.patienceSeconds * 1000 <= by),
    'spent',
  );
  return ripe >= floor.sample && sum(marks, 'used') * 100 < ripe * floor.leastPercent;
}

/** The instant at which enough has been forgotten. */
function whenThereIsRoom(marks: readonly Mark[], { limit, cost }: Allowance, now: number): number {
  let left = sum(marks, 'spent');
  for (const { since, spent } of marks) {
    left -= spent;
    if (left + cost <= limit.most) return since + lifeOf(limit);
  }
  return now + lifeOf(limit);
}

/** The state after one more act. */
export function spendAllowance(state: AllowanceState, { limit, cost }: Allowance, now: number): AllowanceState {
  const marks = living(state, limit, now);
  const last = marks.at(-1);
  if (last === undefined || now >= last.since + stepOf(limit) || now < last.since)
    return { ...state, marks: [...marks, { since: now, spent: cost, used: 0 }] };
  return { ...state, marks: [...marks.slice(0, -1), { ...last, spent: last.spent + cost }] };
}

/** The state as if the act of that instant had not been; as it is when the act is forgotten already. */
export function returnToAllowance(state: AllowanceState, { limit, cost }: Allowance, spentAt: number): AllowanceState {
  const index = state.marks.findLastIndex(
    ({ since, spent }) => since <= spentAt && spentAt <= since + stepOf(limit) && spent >= cost,
  );
  const marks = state.marks.map((mark, at) => (at === index ? { ...mark, spent: mark.spent - cost } : mark));
  return { ...state, marks: marks.filter(({ spent }) => spent > 0) };
}

/** The state after one of the acts came to use. */
export function creditAllowance(state: AllowanceState): AllowanceState {
  const marks = state.marks.map((mark, at) =>
    at === state.marks.length - 1 ? { ...mark, used: mark.used + 1 } : mark,
  );
  return { ...state, marks };
}

/** The state once it has been closed until then. */
export function closeAllowance(state: AllowanceState, until: number): AllowanceState {
  return { ...state, closedUntil: until };
}

/** When the state says nothing any more. */
export function endOfAllowance({ marks, closedUntil }: AllowanceState, { limit }: Allowance): number {
  return Math.max(closedUntil, (marks.at(-1)?.since ?? 0) + lifeOf(limit));
}
