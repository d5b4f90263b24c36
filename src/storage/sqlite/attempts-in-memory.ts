// Attempts in flight, kept by the one server that has the database: they need not outlive it, for whoever waited for them is gone as well.
import type {
  Account,
  AttemptStore,
  AuditEntry,
  BudgetLimits,
  Reservation,
  ReservationOutcome,
  SignInRecord,
  Suspicion,
} from '#core';
import type { SqlStores } from '../sql/acts.ts';
import type { AttemptParties, InFlight } from '../sql/attempt-rows.ts';
import { judgeAttempt, suspicionOf } from '../sql/judge-attempt.ts';
import type { Settlement, Weighed } from '../sql/sql-settlement-store.ts';

/** Whose budgets are read. */
type Whose = Pick<Reservation, 'now' | 'sourceBucket' | 'subject' | 'subnet'>;

const MOST_WEIGHED = 256;

const nameOf = ({ subject, sourceBucket, subnet }: Whose): string => `${subject} ${sourceBucket} ${subnet}`;

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
    strike: (source, settlement) => undecided.strike(source, settlement),
    suspicion: (suspicion) => undecided.suspicion(suspicion),
    sweep: (now, limits, atMost) => undecided.sweep(now, limits, atMost),
  };
}

class UndecidedAttempts {
  readonly #stores: Kept;
  readonly #undecided = new Map<string, Undecided>();
  /** Those whose failure is being written. */
  readonly #failing = new Map<string, Undecided>();
  /** What was read a moment ago, until anything is written that it says something about. */
  readonly #weighed = new Map<string, Weighed>();
  #failures = 0;

  constructor(stores: Kept) {
    this.#stores = stores;
  }

  async reserve(reservation: Reservation): Promise<ReservationOutcome> {
    const weighed = this.#weighedJustNow(reservation) ?? (await this.#weigh(reservation));
    const answer = judgeAttempt(weighed, this.#inFlight(weighed.parties, reservation.now), reservation);
    if (answer.outcome === 'granted') {
      this.#undecided.set(reservation.id, { parties: weighed.parties, expiresAt: reservation.expiresAt });
    }
    return answer;
  }

  /** The reservation that follows at once finds its budgets read. */
  async suspicion({ subject = '', sourceBucket, subnet, limits, now }: Suspicion): Promise<number> {
    const attempt = { subject, sourceBucket, subnet, now };
    const weighed = await this.#weigh(attempt);
    if (this.#weighed.size >= MOST_WEIGHED) this.#weighed.clear();
    this.#weighed.set(nameOf(attempt), weighed);
    return suspicionOf(weighed, { limits, now });
  }

  async strike(...[source, settlement]: Parameters<AttemptStore['strike']>): Promise<void> {
    await this.#stores.attempts.strike(source, settlement);
    this.#failed();
  }

  async fail(reservationId: string, settlement: Settlement): Promise<void> {
    const attempt = this.#take(reservationId);
    if (attempt === undefined) return this.#stores.audit.append([settlement.audit]);
    this.#failing.set(reservationId, attempt);
    try {
      await this.#stores.settlements.fail(attempt.parties, settlement);
      this.#failed();
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
    if (attempt === undefined) return undefined;
    const account = await this.#stores.settlements.succeed(attempt.parties, record);
    this.#weighed.clear();
    return account;
  }

  async sweep(now: number, limits: BudgetLimits, atMost: number): Promise<number> {
    const dead = [...this.#undecided].filter(([, { expiresAt }]) => expiresAt <= now).slice(0, atMost);
    for (const [id] of dead) this.#undecided.delete(id);
    return dead.length + (await this.#stores.attempts.sweep(now, limits, atMost - dead.length));
  }

  async #weigh({ subject, sourceBucket, subnet, now }: Whose): Promise<Weighed> {
    for (;;) {
      const failures = this.#failures;
      const weighed = await this.#stores.settlements.weigh({ subject, sourceBucket, subnet, now });
      if (failures === this.#failures) return weighed;
    }
  }

  #weighedJustNow(attempt: Whose): Weighed | undefined {
    const name = nameOf(attempt);
    const weighed = this.#weighed.get(name);
    this.#weighed.delete(name);
    return weighed;
  }

  #failed(): void {
    this.#failures += 1;
    this.#weighed.clear();
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
