// Turns settings into what the core asks for.
import type { BudgetLimits, PasswordPolicy, SendingRules } from '#core';

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

/** How many codes may leave, and at what price. */
export function sendingRulesOf({ codes }: Pick<Config, 'codes'>): SendingRules {
  const { resendSeconds, perHour, perDay, looksPerDay, source, subnet, prefix } = codes;
  return {
    destination: { resendSeconds, perHour, perDay },
    source: { perHour: source.perHour, floor: source },
    subnet,
    prefix: { digits: prefix.digits, perHour: prefix.perHour, floor: prefix },
    total: { perDay: codes.totalPerDay },
    spend: {
      perDay: codes.spendPerDay,
      prices: { sms: codes.smsPrice, email: codes.emailPrice },
      byPrefix: codes.prices
        .map((text) => text.split('='))
        .map(([prefix = '', price]) => ({ prefix, price: Number(price) })),
    },
    looksPerDay,
  };
}
