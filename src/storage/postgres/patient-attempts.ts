// The attempts of a process: those on one subject take turns, nobody waits for a turn for ever, and what is lost on the way is given back.
import type { AttemptStore, Reservation, ReservationOutcome } from '#core';
import { AttemptsGivenBack } from './attempts-given-back.ts';
import { AttemptsInLine } from './attempts-in-line.ts';
import { Deadline } from './deadline.ts';
import { DatabaseFault } from './faults.ts';
import type { Patience } from './patience.ts';

/** Reserving and releasing, over a store that does one act after the other. */
export class PatientAttempts {
  readonly #patience: Patience;
  readonly #attempts: AttemptStore;
  readonly #line: AttemptsInLine;
  readonly #givenBack: AttemptsGivenBack;

  constructor(attempts: AttemptStore, patience: Patience) {
    this.#attempts = attempts;
    this.#patience = patience;
    // Whoever is first in a line asks for those behind as well, and not at their own expense.
    this.#line = new AttemptsInLine({ reserve: (reservation) => patience.beside(() => attempts.reserve(reservation)) });
    this.#givenBack = new AttemptsGivenBack((id) => patience.beside(() => attempts.release(id, null)));
  }

  get store(): AttemptStore {
    return {
      ...this.#attempts,
      reserve: (reservation) => this.#patience.spend((leftMs) => this.#reserve(reservation, leftMs)),
      release: async (id, audit) => {
        await this.#givingBack(id, this.#attempts.release(id, audit));
      },
    };
  }

  async close(): Promise<void> {
    await this.#givenBack.close();
  }

  async #reserve(reservation: Reservation, leftMs: number): Promise<ReservationOutcome> {
    const coming = this.#line.reserve(reservation);
    try {
      return await new Deadline(leftMs).meet(coming);
    } catch (reason) {
      const giveBack = (): void => this.#givenBack.add(reservation.id);
      if (reason instanceof DatabaseFault) void coming.then(giveBack, giveBack);
      throw reason;
    }
  }

  /** What could not be given back now is given back later. */
  async #givingBack(reservationId: string, releasing: Promise<void>): Promise<void> {
    try {
      await releasing;
    } catch (reason) {
      if (reason instanceof DatabaseFault) this.#givenBack.add(reservationId);
      throw reason;
    }
  }
}
