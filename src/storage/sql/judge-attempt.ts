// What the budgets of an attempt say together, given the attempts still in flight.
import { failuresWithin, FRESH_BUDGET, judge, type Reservation, type ReservationOutcome } from '#core';
import { type InFlight, placesOfAttempt } from './attempt-rows.ts';
import { toBudgetKey } from './budget-rows.ts';
import type { Weighed } from './sql-settlement-store.ts';

/**
 * Failures within the current windows: of the source, or of the subject as this source is charged to it, whichever are more.
 * Those of the subnet arouse no suspicion: too many strangers share one.
 */
export function suspicionOf(
  { parties, states }: Weighed,
  { limits, now }: Pick<Reservation, 'limits' | 'now'>,
): number {
  const counts = placesOfAttempt(parties).map(({ kind }, index) =>
    kind === 'subnet' ? 0 : failuresWithin(states[index] ?? FRESH_BUDGET, limits[kind], now),
  );
  return Math.max(...counts);
}

/** Granted only if every budget grants it. */
export function judgeAttempt(
  { parties, states }: Weighed,
  inFlight: InFlight,
  { limits, now }: Pick<Reservation, 'limits' | 'now'>,
): ReservationOutcome {
  const answers = placesOfAttempt(parties).map((place, index): ReservationOutcome => {
    const standing = judge(states[index] ?? FRESH_BUDGET, limits[place.kind], { now, inFlight: inFlight[place.kind] });
    return standing.outcome === 'granted' ? standing : { ...standing, budget: toBudgetKey(place) };
  });
  // A lock says more than attempts that are merely ahead: it is no use waiting for those.
  const no =
    answers.find(({ outcome }) => outcome === 'refused') ?? answers.find(({ outcome }) => outcome === 'in-flight');
  return no ?? { outcome: 'granted' };
}
