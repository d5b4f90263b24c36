// Spending in a flow: what an act from one place is charged to, and the refusal that says when to come back.
import type { Source } from '../budgets/source.ts';
import type { Clock } from '../kernel/ports.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import type { Allowance } from './allowance.ts';
import type { AllowanceStore } from './allowance-store.ts';

/** The operator's rules: how often an hour from one source, and from one subnet. */
export interface HourlyRules {
  readonly source: { readonly perHour: number };
  readonly subnet: { readonly perHour: number };
}

const HOUR = 3600;

/** What one act of that name is charged to: `registration` to `registration-source` and `registration-subnet`. */
export function allowancesOfPlace(name: string, rules: HourlyRules, from: Source): readonly Allowance[] {
  const per = (place: keyof HourlyRules, key: string): Allowance => ({
    name: `${name}-${place}`,
    key,
    limit: { most: rules[place].perHour, windowSeconds: HOUR },
    cost: 1,
    isGuard: false,
  });
  return [per('source', from.bucket), per('subnet', from.subnet)];
}

/** @throws Refusal of that code, with the allowance that is used up as its field */
export async function spendOrRefuse(
  { allowances, clock }: { readonly allowances: Pick<AllowanceStore, 'spend'>; readonly clock: Clock },
  wanted: readonly Allowance[],
  code: RefusalCode,
): Promise<void> {
  const now = clock.now();
  const outcome = await allowances.spend(wanted, now);
  if (outcome.outcome === 'granted') return;
  throw new Refusal(code, { field: outcome.allowance.name, retryAfterSeconds: secondsTo(outcome, now) });
}

/** Whole seconds until there is something to spend again, at least 1. */
export const secondsTo = ({ until }: { readonly until: number }, now: number): number =>
  Math.max(1, Math.ceil((until - now) / 1000));
