// What a server does beside answering: sweeping, sealing the audit trail, watching the keys.
import { budgetLimitsOf } from '#config';
import type { Logger } from 'pino';
import { startAuditSealer } from './audit-sealer.ts';
import { type House, keyFileOf } from './house.ts';
import { watchKeys } from './key-watch.ts';
import { describeFault } from './observer.ts';
import { startLearning } from './regulars.ts';
import { retiring } from './retention.ts';
import { startSweeper } from './sweeper.ts';

/** Starts all of it; the returned function stops it. */
export function startChores(house: House, log: Logger): () => void {
  const { clock, config, stores, vault } = house;
  const stops = [
    startSweeper({ stores, clock, limits: budgetLimitsOf(config), retire: retiring(house), log }),
    startAuditSealer(house, log),
    startLearning(house, log),
    watchKeys(keyFileOf(config), vault, (fault) =>
      log.error({ fault: describeFault(fault) }, 'the keys cannot be read'),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
