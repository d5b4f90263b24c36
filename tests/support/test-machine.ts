// Time a test can move, and chance whose draws are remembered as secrets.
import { setTimeout as pause } from 'node:timers/promises';

import { type Clock, PUBLIC_ID, type Randomness, type RandomSpelling } from '#core';
import { SystemRandomness } from '#crypto';

import { noteSecret } from './run-folder.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A clock that moves only when told to. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 5, 15, 4, 0, 0);

  now(): number {
    return this.#now;
  }

  /** `advance('15m')` */
  advance(by: `${number}${'s' | 'm' | 'h' | 'd'}`): void {
    this.#now += Number.parseFloat(by) * (UNITS[by.at(-1) ?? ''] ?? 0);
  }
}

/** A clock that runs as time does: waits end as they do in earnest. */
export class RunningClock extends TestClock {
  override now(): number {
    return Date.now();
  }
}

/** Real chance; whatever is long enough to be a token is noted as a secret. */
export class NotedRandomness implements Randomness {
  readonly #real = new SystemRandomness();
  readonly #last = new Map<number, string>();

  /** The text of that length that was drawn last: what a picture says to those who can read it. */
  lastOf(length: number): string {
    return this.#last.get(length) ?? '';
  }

  text(spelling: RandomSpelling): string {
    const drawn = this.#real.text(spelling);
    this.#last.set(drawn.length, drawn);
    // Shorter ones are support codes, meant to be seen like public ids.
    if (drawn.length >= 20 && spelling !== PUBLIC_ID) noteSecret(drawn);
    return drawn;
  }

  uuid(at: number): string {
    return this.#real.uuid(at);
  }
}

/** Waits for real: what waits for time to pass in the rulebook waits milliseconds at most. */
export const realTimer = { after: (milliseconds: number): Promise<void> => pause(milliseconds) };

/** How long sign-ins wait for a hash in tests: a busy machine must not make a server busy that is not meant to be. */
export const PATIENT_MS = 60_000;
