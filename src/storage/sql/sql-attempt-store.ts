// Sign-in attempts in SQL: reserved, judged and settled by the core's arithmetic, within one act each.
import {
  type Account,
  type AttemptStore,
  type AuditEntry,
  type BudgetKind,
  type BudgetLimits,
  type Reservation,
  type ReservationOutcome,
  type SignInRecord,
  FRESH_BUDGET,
  judge,
} from '#core';
import type { Act } from './act.ts';
import { type AttemptParties, countInFlight, keepAttempt, placesOfAttempt, takeAttempt } from './attempt-rows.ts';
import { chargeFailure, placesOfSource, readBudgets, toBudgetKey } from './budget-rows.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { forgetFailures } from './forget-account.ts';
import { isKnownSource } from './known-sources.ts';
import { recordAudit } from './record-audit.ts';
import { sweepBudgets } from './sweep-budgets.ts';

interface Whence {
  readonly bucket: string;
  readonly subnet: string;
}

interface Settlement {
  readonly limits: BudgetLimits;
  readonly at: number;
  readonly audit: AuditEntry;
}

/** Keeps attempts and budgets, within one act. */
export class SqlAttemptStore implements AttemptStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async standing(
    { bucket, subnet }: Whence,
    now: number,
  ): Promise<{ readonly kind: BudgetKind; readonly until: number } | undefined> {
    const places = placesOfSource(bucket, subnet);
    const untils = (await readBudgets(this.#act, places)).map(({ lockedUntil }) => lockedUntil);
    const index = untils.findIndex((until) => until > now);
    const [place, until] = [places[index], untils[index]];
    return place && until !== undefined ? { kind: place.kind, until } : undefined;
  }

  async reserve(reservation: Reservation): Promise<ReservationOutcome> {
    const parties = await this.#partiesOf(reservation);
    const answers = await this.#judge(parties, reservation);
    // A lock says more than attempts that are merely ahead: it is no use waiting for those.
    const no =
      answers.find(({ outcome }) => outcome === 'refused') ?? answers.find(({ outcome }) => outcome === 'in-flight');
    if (no !== undefined) return no;
    await keepAttempt(this.#act, reservation, parties);
    return { outcome: 'granted' };
  }

  async fail(reservationId: string, { limits, at, audit }: Settlement): Promise<void> {
    const parties = await takeAttempt(this.#act, reservationId);
    if (parties !== undefined) await chargeFailure(this.#act, placesOfAttempt(parties), { limits, at });
    await recordAudit(this.#act, audit);
  }

  async release(reservationId: string, audit: AuditEntry | null): Promise<void> {
    await takeAttempt(this.#act, reservationId);
    if (audit !== null) await recordAudit(this.#act, audit);
  }

  async succeed(record: SignInRecord): Promise<Account | undefined> {
    const parties = await takeAttempt(this.#act, record.reservationId);
    return parties && completeSignIn(this.#act, record, parties);
  }

  async strike({ bucket, subnet }: Whence, { limits, at, audit }: Settlement): Promise<void> {
    await chargeFailure(this.#act, placesOfSource(bucket, subnet), { limits, at });
    await recordAudit(this.#act, audit);
  }

  async unlock(accountId: string, audit: AuditEntry): Promise<void> {
    await forgetFailures(this.#act, accountId);
    await recordAudit(this.#act, audit);
  }

  async sweep(now: number, limits: BudgetLimits, atMost: number): Promise<number> {
    return sweepBudgets(this.#act, { now, limits, atMost });
  }

  async #partiesOf({ subject, sourceBucket: source, subnet, now }: Reservation): Promise<AttemptParties> {
    const isKnown = await isKnownSource(this.#act, { account: subject, source, now });
    return { kind: isKnown ? 'known' : 'account', subject, source, subnet };
  }

  async #judge(parties: AttemptParties, { limits, now }: Reservation): Promise<readonly ReservationOutcome[]> {
    const places = placesOfAttempt(parties);
    const inFlight = await countInFlight(this.#act, parties, now);
    const states = await readBudgets(this.#act, places);
    return places.map((place, index) => {
      const standing = judge(states[index] ?? FRESH_BUDGET, limits[place.kind], {
        now,
        inFlight: inFlight[place.kind],
      });
      return standing.outcome === 'granted' ? standing : { ...standing, budget: toBudgetKey(place) };
    });
  }
}
