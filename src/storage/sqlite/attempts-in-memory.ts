// Attempts in flight, kept by the one server that has the database: they need not outlive it, for whoever waited for them is gone as well.
import type {
  Account,
  AttemptStore,
  AuditEntry,
  BudgetLimits,
  Reservation,
  ReservationOutcome,
  SignInRecord,
} from '#core';
import type { SqlStores } from '../sql/acts.ts';
import type { AttemptParties, InFlight } from '../sql/attempt-rows.ts';
import { judgeAttempt } from '../sql/judge-attempt.ts';
import type { Settlement, Weighed } from '../sql/sql-settlement-store.ts';

type Kept = Pick<SqlStores, 'attempts' | 'audit' | 'settlements'>;

interface Undecided {
  readonly parties: AttemptParties;
  readonly expiresAt: number;
}

/**
 * Spares every sign-in one of two writes. A failure is on record before its attempt stops counting as undecided, and whoever read the
 * budgets in between reads them again, so that no attempt is ever overlooked.
 */
export function attemptsInMemory(stores: Kept): AttemptStore {
  const undecided = new UndecidedAttempts(stores);
  return {
    ...stores.attempts,
    reserve: (reservation) => undecided.reserve(reservation),
    fail: (reservationId, settlement) => undecided.fail(reservationId, settlement),
    release: (reservationId, audit) => undecided.release(reservationId, audit),
    succeed: (record) => undecided.succeed(record),
    sweep: (now, limits, atMost) => undecided.sweep(now, limits, atMost),
  };
}

class UndecidedAttempts {
  readonly #stores: Kept;
  readonly #undecided = new Map<string, Undecided>();
  /** Those whose failure is being written. */
  readonly #failing = new Map<string, Undecided>();
  #failures = 0;

  constructor(stores: Kept) {
    this.#stores = stores;
  }

  async reserve(reservation: Reservation): Promise<ReservationOutcome> {
    const weighed = await this.#weigh(reservation);
    const answer = judgeAttempt(weighed, this.#inFlight(weighed.parties, reservation.now), reservation);
    if (answer.outcome === 'granted') {
      this.#undecided.set(reservation.id, { parties: weighed.parties, expiresAt: reservation.expiresAt });
    }
    return answer;
  }

  async fail(reservationId: string, settlement: Settlement): Promise<void> {
    const attempt = this.#take(reservationId);
    if (attempt === undefined) return this.#stores.audit.append([settlement.audit]);
    this.#failing.set(reservationId, attempt);
    try {
      await this.#stores.settlements.fail(attempt.parties, settlement);
      this.#failures += 1;
    } finally {
      this.#failing.delete(reservationId);
    }
  }

  async release(reservationId: string, audit: AuditEntry | null): Promise<void> {
    this.#take(reservationId);
    if (audit !== null) await this.#stores.audit.append([audit]);
  }

  async succeed(record: SignInRecord): Promise<Account | undefined> {
    const attempt = this.#take(record.reservationId);
    return attempt && this.#stores.settlements.succeed(attempt.parties, record);
  }

  async sweep(now: number, limits: BudgetLimits, atMost: number): Promise<number> {
    const dead = [...this.#undecided].filter(([, { expiresAt }]) => expiresAt <= now).slice(0, atMost);
    for (const [id] of dead) this.#undecided.delete(id);
    return dead.length + (await this.#stores.attempts.sweep(now, limits, atMost - dead.length));
  }

  async #weigh({ subject, sourceBucket, subnet, now }: Reservation): Promise<Weighed> {
    for (;;) {
      const failures = this.#failures;
      const weighed = await this.#stores.settlements.weigh({ subject, sourceBucket, subnet, now });
      if (failures === this.#failures) return weighed;
    }
  }

  #take(reservationId: string): Undecided | undefined {
    const attempt = this.#undecided.get(reservationId);
    this.#undecided.delete(reservationId);
    return attempt;
  }

  #inFlight({ subject, source, subnet }: AttemptParties, now: number): InFlight {
    const counts = { account: 0, known: 0, source: 0, subnet: 0 };
    const otherNames = new Set<string>();
    for (const { parties, expiresAt } of [...this.#undecided.values(), ...this.#failing.values()]) {
      if (expiresAt <= now) continue;
      const isSameSource = parties.source === source;
      if (parties.subnet === subnet) counts.subnet += 1;
      if (isSameSource) counts.source += 1;
      if (isSameSource && parties.subject !== subject) otherNames.add(parties.subject);
      if (parties.subject !== subject) continue;
      if (parties.kind === 'account') counts.account += 1;
      else if (isSameSource) counts.known += 1;
    }
    return { ...counts, names: otherNames.size };
  }
}
