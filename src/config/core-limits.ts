// Turns settings into what the core asks for.
import type { BudgetLimits, PasswordPolicy } from '#core';

import type { Config } from './schema.ts';

/** The limits of every budget. Sources and subnets are shared by strangers, so nothing locks them for good. */
export function budgetLimitsOf({ budgets }: Pick<Config, 'budgets'>): BudgetLimits {
  return {
    account: budgets.account,
    known: budgets.known,
    names: { ...budgets.names, failuresInARow: null },
    source: { ...budgets.source, failuresInARow: null },
    subnet: { ...budgets.subnet, failuresInARow: null },
  };
}

/** What passwords have to be like. */
export function passwordPolicyOf({ password }: Pick<Config, 'password'>): PasswordPolicy {
  return {
    minLength: password.min,
    operatorMinLength: password.operatorMin,
    operatorRoles: password.operatorRoles,
    maxLength: password.max,
  };
}
