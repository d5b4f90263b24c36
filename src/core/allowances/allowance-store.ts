// The port through which allowances are spent: all of an act's at once, or none.
import type { Allowance } from './allowance.ts';

/** The answer to an act. A refusal names the first allowance that is used up. */
export type SpendOutcome =
  | { readonly outcome: 'granted' }
  | {
      readonly outcome: 'refused';
      readonly allowance: Allowance;
      readonly until: number;
      /** A guard has closed, which is no fault of whoever asks. */
      readonly isGuard: boolean;
      /** It was this very act that closed it; told once, however many come at the same moment. */
      readonly isNews: boolean;
    };

/** What became of an act: some of it is as if it had not been, some of it came to use. */
export interface Aftermath {
  /** When the act was. */
  readonly spentAt: number;
  readonly returned?: readonly Allowance[];
  readonly used?: readonly Allowance[];
}

/** How many allowances of a name are closed. */
export interface ClosedCount {
  readonly name: string;
  readonly count: number;
}

/** Keeps allowances. They survive the death of the process, and need no fsync of their own. */
export interface AllowanceStore {
  /** Spends from every one of them in one atomic act, or from none. However many come at once, no limit is exceeded. */
  spend(allowances: readonly Allowance[], now: number): Promise<SpendOutcome>;
  settle(aftermath: Aftermath): Promise<void>;
  /** The guards that are closed now, by name. */
  closed(now: number): Promise<readonly ClosedCount[]>;
  /** Removes counts that say nothing any more, at most so many; tells how many. */
  sweep(now: number, limit: number): Promise<number>;
}
