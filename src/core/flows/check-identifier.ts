// Whether a mobile or an address is somebody's: for clients that ask before they show one form or the other.
import type { AccountStore } from '../accounts/account-store.ts';
import { type IdentifierClaim, normaliseIdentifier } from '../accounts/identifier.ts';
import type { AllowanceStore } from '../allowances/allowance-store.ts';
import { allowancesOfPlace, type HourlyRules, spendOrRefuse } from '../allowances/spending.ts';
import { type AppGateDeps, assertSourceIsCalm } from '../apps/app-gate.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Flow } from './flow.ts';

/** What may be somebody's. Sensitive kinds cannot be asked about. */
export interface CheckIdentifierAsk {
  readonly claim: IdentifierClaim & { readonly kind: 'mobile' | 'email' };
}

/** Whether somebody holds it with proof: what was only typed in is nobody's. */
export interface CheckedIdentifier {
  readonly isHeld: boolean;
}

export type CheckIdentifier = Flow<CheckIdentifierAsk, CheckedIdentifier>;

/** What checking needs. */
export interface CheckIdentifierDeps extends Pick<AppGateDeps, 'attempts' | 'clock' | 'limits'> {
  readonly accounts: Pick<AccountStore, 'holder'>;
  readonly allowances: Pick<AllowanceStore, 'spend'>;
  readonly lookups: HourlyRules;
}

/**
 * Every question is paid for before it is answered, whatever the answer. Under the strict policy the way is closed to everybody: there is no
 * answer that would neither tell who has an account nor lead somebody to the wrong form.
 * @throws Refusal `identifier.malformed`, `lookup.closed`, `lookup.too-many`, `throttle.source`, `throttle.subnet`
 */
export const checkIdentifier =
  (deps: CheckIdentifierDeps): CheckIdentifier =>
  async ({ claim }, call) => {
    if (call.policy === 'strict') throw new Refusal('lookup.closed');
    const { kind } = claim;
    const key = normaliseIdentifier(claim);
    if (key === undefined) throw new Refusal('identifier.malformed', { field: kind });
    await assertSourceIsCalm(deps, call);
    await spendOrRefuse(deps, allowancesOfPlace('lookup', deps.lookups, call.source), 'lookup.too-many');
    return { isHeld: (await deps.accounts.holder(call.realm, { kind, key })) !== undefined };
  };
