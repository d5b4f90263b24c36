// How many may register from one place: what one registration is charged to.
import type { Allowance } from '../allowances/allowance.ts';
import type { Source } from '../budgets/source.ts';

/** The operator's rules. */
export interface RegistrationRules {
  readonly source: { readonly perHour: number };
  readonly subnet: { readonly perHour: number };
}

const HOUR = 3600;

export function allowancesOfRegistration(rules: RegistrationRules, from: Source): readonly Allowance[] {
  const per = (name: string, key: string, most: number): Allowance => ({
    name,
    key,
    limit: { most, windowSeconds: HOUR },
    cost: 1,
    isGuard: false,
  });
  return [
    per('registration-source', from.bucket, rules.source.perHour),
    per('registration-subnet', from.subnet, rules.subnet.perHour),
  ];
}
