// Sign-in attempts in SQL: reserved, judged and settled by the core's arithmetic, within one act each.
import type {
  Account,
  AttemptStore,
  AuditEntry,
  BudgetKind,
  BudgetLimits,
  Reservation,
  ReservationOutcome,
  SignInRecord,
  Suspicion,
} from '#core';
import type { Act } from './act.ts';
import { countInFlight, keepAttempt, takeAttempt } from './attempt-rows.ts';
import { chargeFailure, placeOfNames, placesOfSource, readBudgets } from './budget-rows.ts';
import { forgetFailures } from './forget-account.ts';
import { judgeAttempt, suspicionOf } from './judge-attempt.ts';
import { isKnownSource, sourcesSince } from './known-sources.ts';
import { recordAudit } from './record-audit.ts';
import { type Settlement, SqlSettlementStore } from './sql-settlement-store.ts';
import { sweepBudgets } from './sweep-budgets.ts';

interface Whence {
  readonly bucket: string;
  readonly subnet: string;
}

/** Keeps attempts and budgets, within one act. */
export class SqlAttemptStore implements AttemptStore {
  readonly #act: Act;
  readonly #settlements: SqlSettlementStore;

  constructor(act: Act) {
    this.#act = act;
    this.#settlements = new SqlSettlementStore(act);
  }

  async standing(
    { bucket, subnet }: Whence,
    now: number,
  ): Promise<{ readonly kind: BudgetKind; readonly until: number } | undefined> {
    const places = [...placesOfSource(bucket, subnet), placeOfNames(bucket)];
    const untils = (await readBudgets(this.#act, places)).map(({ lockedUntil }) => lockedUntil);
    const index = untils.findIndex((until) => until > now);
    const [place, until] = [places[index], untils[index]];
    return place && until !== undefined ? { kind: place.kind, until } : undefined;
  }

  async suspicion({ subject = '', sourceBucket, subnet, limits, now }: Suspicion): Promise<number> {
    const weighed = await this.#settlements.weigh({ subject, sourceBucket, subnet, now });
    return suspicionOf(weighed, { limits, now });
  }

  async isKnown(account: string, source: string, now: number): Promise<boolean> {
    return isKnownSource(this.#act, { account, source, now });
  }

  async sourcesSince(instant: number, atMost: number): Promise<readonly string[]> {
    return sourcesSince(this.#act, instant, atMost);
  }

  async reserve(reservation: Reservation): Promise<ReservationOutcome> {
    await this.#act.hold(reservation.subject, reservation.sourceBucket, reservation.subnet);
    const weighed = await this.#settlements.weigh(reservation);
    const inFlight = await countInFlight(this.#act, weighed.parties, reservation.now);
    const answer = judgeAttempt(weighed, inFlight, reservation);
    if (answer.outcome === 'granted') await keepAttempt(this.#act, reservation, weighed.parties);
    return answer;
  }

  async fail(reservationId: string, settlement: Settlement): Promise<void> {
    const parties = await takeAttempt(this.#act, reservationId);
    if (parties === undefined) await recordAudit(this.#act, settlement.audit);
    else await this.#settlements.fail(parties, settlement);
  }

  async release(reservationId: string, audit: AuditEntry | null): Promise<void> {
    await takeAttempt(this.#act, reservationId);
    if (audit !== null) await recordAudit(this.#act, audit);
  }

  async succeed(record: SignInRecord): Promise<Account | undefined> {
    const parties = await takeAttempt(this.#act, record.reservationId);
    return parties && this.#settlements.succeed(parties, record);
  }

  async strike({ bucket, subnet }: Whence, { limits, at, audit }: Settlement): Promise<void> {
    await this.#act.hold(bucket, subnet);
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
}
