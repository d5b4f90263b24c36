// How often a place may ask whether a number or an address is somebody's: what one question is charged to.
import type { Allowance } from '../allowances/allowance.ts';
import type { Source } from '../budgets/source.ts';

/** The operator's rules. */
export interface LookupRules {
  readonly source: { readonly perHour: number };
  readonly subnet: { readonly perHour: number };
}

const HOUR = 3600;

export function allowancesOfLookup({ source, subnet }: LookupRules, from: Source): readonly Allowance[] {
  const terms = { cost: 1, isGuard: false } as const;
  return [
    { name: 'lookup-source', key: from.bucket, limit: { most: source.perHour, windowSeconds: HOUR }, ...terms },
    { name: 'lookup-subnet', key: from.subnet, limit: { most: subnet.perHour, windowSeconds: HOUR }, ...terms },
  ];
}
