// Removes what has ended, a little at a time, so that nothing grows for ever and no sign-in waits for it.
import type { BudgetLimits, Clock, Stores } from '#core';
import type { Logger } from 'pino';
import { describeFault } from './observer.ts';
import type { Retired } from './retention.ts';
import { BATCH, untilNothingGoes } from './until-nothing-goes.ts';

const EVERY_MS = 60_000;
/** Ended sessions stay this long, for whoever asks what became of them. */
const KEEP_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What sweeping needs. */
export interface SweeperDeps {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly limits: BudgetLimits;
  /** Lets go of old audit events and decision records. */
  readonly retire: () => Promise<Retired>;
  readonly log: Logger;
}

/** Sweeps every minute until the returned function is called. */
export function startSweeper(deps: SweeperDeps): () => void {
  const timer = setInterval(
    () =>
      void sweep(deps).catch((fault: unknown) => deps.log.error({ fault: describeFault(fault) }, 'sweeping failed')),
    EVERY_MS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

/** One round: batch by batch, so that sign-ins get their turn in between, until nothing is left. */
async function sweep({ stores, clock, limits, retire, log }: SweeperDeps): Promise<void> {
  const now = clock.now();
  const sessions = await untilNothingGoes(() => stores.sessions.sweep(now - KEEP_MS, BATCH));
  const codes = await untilNothingGoes(() => stores.codes.sweep(now, BATCH));
  const registrations = await untilNothingGoes(() => stores.registrations.sweep(now, BATCH));
  const allowances = await untilNothingGoes(() => stores.allowances.sweep(now, BATCH));
  const budgets = await untilNothingGoes(() => stores.attempts.sweep(now, limits, BATCH));
  const notices = await untilNothingGoes(() => stores.notices.sweep(Math.floor(now / DAY_MS) - 1, BATCH));
  const retired = await retire();
  if (retired.audit + retired.decisions > 0) log.info(retired, 'let go of old records');
  const swept = { sessions, codes, registrations, allowances, budgets, notices };
  if (Object.values(swept).some((count) => count > 0)) log.debug(swept, 'swept');
}
