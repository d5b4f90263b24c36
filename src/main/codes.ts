// Opens what codes need besides what signing in needs: couriers, the guard before them, and whoever runs what is done behind an answer.
import { sendingRulesOf } from '#config';
import { type AuditStore, type CodeWatch, type Courier, Errands, SpendGuard, UNWATCHED } from '#core';
import type { House } from './house.ts';

/** Who is told what happens out of sight. */
export interface Watchers {
  readonly codes: CodeWatch;
  /** Of something done after its answer has left. */
  readonly onFault: (fault: unknown) => void;
}

export const NOBODY_WATCHES: Watchers = { codes: UNWATCHED, onFault: () => undefined };

/** What the flows about codes have in common. */
export interface OpenCodes {
  readonly audit: Pick<AuditStore, 'append'>;
  readonly couriers: Courier;
  readonly errands: Errands;
  readonly guard: SpendGuard;
  readonly watch: CodeWatch;
}

/** One per process. */
export function openCodes({ clock, config, couriers, digests, stores, timer }: House, watchers: Watchers): OpenCodes {
  const { allowances, attempts, audit } = stores;
  const { codes: watch, onFault } = watchers;
  const rules = sendingRulesOf(config);
  const guard = new SpendGuard({ allowances, attempts, audit, clock, digests, rules, watch });
  return { audit, couriers, errands: new Errands(timer, onFault), guard, watch };
}
