// The port through which an operator sees what has been counted, without changing any of it.
import type { BudgetKey, BudgetKind, BudgetState } from '../budgets/budget.ts';

/** A budget of an account as it stands. */
export interface AccountBudget {
  readonly kind: BudgetKind;
  /** The known source whose own budget it is; empty for that of all strangers. */
  readonly source: string;
  readonly state: BudgetState;
}

/** What is counted against one account. */
export interface AccountStanding {
  /** Those that have counted something: the strangers' first, then the latest failures, a hundred at most. */
  readonly budgets: readonly AccountBudget[];
  /** How many sources signed in to it since the instant. */
  readonly knownSources: number;
}

/** Looks at budgets. */
export interface BudgetRegister {
  /** Undefined when nothing is counted there. */
  get(budget: BudgetKey): Promise<BudgetState | undefined>;
  ofAccount(accountId: string, knownSince: number): Promise<AccountStanding>;
}
