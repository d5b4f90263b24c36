// What an attempt is up against, and what its end means: for whoever keeps the attempts in flight, be it a table or one server's memory.
import type { Account, AuditEntry, BudgetLimits, BudgetState, Reservation, SignInRecord } from '#core';
import type { Act } from './act.ts';
import { type AttemptParties, placesOfAttempt } from './attempt-rows.ts';
import { chargeFailure, readBudgets } from './budget-rows.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { noteFailedName } from './failed-names.ts';
import { isKnownSource } from './known-sources.ts';
import { recordAudit } from './record-audit.ts';

/** Whom an attempt would be charged to, and what their budgets say, in the order of `placesOfAttempt`. */
export interface Weighed {
  readonly parties: AttemptParties;
  readonly states: readonly BudgetState[];
}

/** How a failure is to be counted. */
export interface Settlement {
  readonly limits: BudgetLimits;
  readonly at: number;
  readonly audit: AuditEntry;
}

/** Weighs and settles attempts, within one act. */
export class SqlSettlementStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async weigh({
    subject,
    sourceBucket: source,
    subnet,
    now,
  }: Omit<Reservation, 'id' | 'limits' | 'expiresAt'>): Promise<Weighed> {
    const isKnown = await isKnownSource(this.#act, { account: subject, source, now });
    const parties: AttemptParties = { kind: isKnown ? 'known' : 'account', subject, source, subnet };
    return { parties, states: await readBudgets(this.#act, placesOfAttempt(parties)) };
  }

  async fail(parties: AttemptParties, { limits, at, audit }: Settlement): Promise<void> {
    await this.#act.hold(parties.subject, parties.source, parties.subnet);
    const isNewName = await noteFailedName(this.#act, {
      ...parties,
      at,
      forgetBy: at - limits.names.windowSeconds * 1000,
    });
    const places = placesOfAttempt(parties).filter(({ kind }) => kind !== 'names' || isNewName);
    await chargeFailure(this.#act, places, { limits, at });
    await recordAudit(this.#act, audit);
  }

  /** Undefined if the account is gone or no longer may sign in. */
  async succeed(parties: AttemptParties, record: SignInRecord): Promise<Account | undefined> {
    return completeSignIn(this.#act, record, parties);
  }
}
