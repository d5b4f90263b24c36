// Attempts on one subject take turns within a process, so that a storm of guesses waits here and not on every connection there is.
import type { AttemptStore, Reservation, ReservationOutcome } from '#core';

interface Waiting {
  readonly reservation: Reservation;
  readonly resolve: (answer: ReservationOutcome) => void;
  readonly reject: (reason: unknown) => void;
}

/** Reserves one after the other for each subject. A no is an answer to everybody who asked the same before it was given. */
export class AttemptsInLine {
  readonly #attempts: Pick<AttemptStore, 'reserve'>;
  readonly #lines = new Map<string, Waiting[]>();

  constructor(attempts: Pick<AttemptStore, 'reserve'>) {
    this.#attempts = attempts;
  }

  reserve(reservation: Reservation): Promise<ReservationOutcome> {
    const { subject } = reservation;
    return new Promise((resolve, reject) => {
      const waiting = { reservation, resolve, reject };
      const line = this.#lines.get(subject);
      if (line !== undefined) line.push(waiting);
      else void this.#serve(subject, [waiting]);
    });
  }

  async #serve(subject: string, line: Waiting[]): Promise<void> {
    this.#lines.set(subject, line);
    for (let first = line.shift(); first !== undefined; first = line.shift()) {
      try {
        const answer = await this.#attempts.reserve(first.reservation);
        first.resolve(answer);
        this.#share(answer, first.reservation, line);
      } catch (reason) {
        // What the first could not be told in time the others need not wait for again.
        for (const each of [first, ...line.splice(0)]) each.reject(reason);
      }
    }
    this.#lines.delete(subject);
  }

  #share(answer: ReservationOutcome, asked: Reservation, line: Waiting[]): void {
    if (answer.outcome === 'granted') return;
    const rest = line.splice(0);
    for (const waiting of rest) {
      if (isAnswerTo(waiting.reservation, asked, answer)) waiting.resolve(answer);
      else line.push(waiting);
    }
  }
}

function isAnswerTo(other: Reservation, asked: Reservation, answer: ReservationOutcome): boolean {
  const isSame =
    other.sourceBucket === asked.sourceBucket && other.subnet === asked.subnet && other.limits === asked.limits;
  return isSame && (answer.outcome !== 'refused' || answer.until > other.now);
}
