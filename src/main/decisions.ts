// Writes down why requests were refused, a moment after they were answered.
import { type Decision, DecisionLog, type Refusal } from '#core';
import type { Outcome } from '#wire';
import type { Logger } from 'pino';
import type { House } from './house.ts';
import { describeFault, type Observe } from './observer.ts';

/** Soon enough for whoever calls at once; `explain` looks twice. */
const EVERY_MS = 500;
/** Names of fields and remarks are our own words; should one ever not be, it is at least short. */
const LONGEST = 64;

/** Decisions being kept. */
export interface KeptDecisions {
  readonly observe: Observe;
  /** Writes what is still to be written. */
  stop(): Promise<void>;
}

/** Keeps the decisions behind all refusals. A fault decides nothing. */
export function keepDecisions({ stores, clock, randomness }: House, log: Logger): KeptDecisions {
  const decisions = new DecisionLog({ decisions: stores.decisions, clock, randomness });
  const flush = async (): Promise<void> =>
    decisions.flush().catch((fault: unknown) => {
      log.error({ fault: describeFault(fault) }, 'decisions could not be written');
    });
  const timer = setInterval(() => void flush(), EVERY_MS);
  timer.unref();
  return {
    observe(code, outcome) {
      const { refusal } = outcome;
      if (refusal === undefined || outcome.fault !== undefined) return;
      const { retryAfterSeconds } = refusal.detail;
      decisions.note(decisionOf(refusal, outcome), { code, retryAfterSeconds });
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}

function decisionOf(refusal: Refusal, { source, forwardedBy, dialect, endpoint, appId }: Outcome): Decision {
  const { code, trueCode, detail } = refusal;
  return {
    refusal: trueCode,
    ...(trueCode !== code && { shown: code }),
    ...(detail.field !== undefined && { field: detail.field.slice(0, LONGEST) }),
    ...(detail.key !== undefined && { key: detail.key }),
    ...(detail.remark !== undefined && { remark: detail.remark.slice(0, LONGEST) }),
    source,
    ...(forwardedBy !== undefined && { forwardedBy }),
    dialect,
    ...(endpoint !== undefined && { endpoint }),
    ...(appId !== undefined && { appId }),
  };
}
