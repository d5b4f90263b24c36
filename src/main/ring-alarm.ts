// Rings the alarm about wrong secrets: in the log, in the audit trail and in the metrics.
import type { RefusalKind } from '#core';
import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import { FailureAlarm } from './failure-alarm.ts';
import type { House } from './house.ts';
import { describeFault, type Observe } from './observer.ts';

/** What a wrong secret or a made-up name is answered with. */
const WRONG: ReadonlySet<RefusalKind> = new Set(['mismatch', 'unknown']);

/** Listens to all answers. The alarm is of this process: instances ring each for themselves. */
export function ringingAlarm(house: House, log: Logger, registry: Registry | undefined): Observe {
  const { clock, config, stores } = house;
  const alarm = new FailureAlarm(config.alarm, (failures) => {
    log.warn({ failures, windowSeconds: config.alarm.windowSeconds }, 'wrong secrets come in great numbers');
    stores.audit
      .append([
        {
          at: clock.now(),
          act: 'alarm.failures',
          outcome: 'success',
          reason: `${failures} failures`,
          source: 'server',
        },
      ])
      .catch((fault: unknown) => log.error({ fault: describeFault(fault) }, 'the alarm could not be recorded'));
  });
  if (registry !== undefined) expose(alarm, house, registry);
  return (_id, { refusal }) => {
    if (refusal !== undefined && WRONG.has(refusal.kind)) alarm.note(clock.now());
  };
}

function expose(alarm: FailureAlarm, { clock }: House, registry: Registry): void {
  const gauge: Gauge = new Gauge({
    name: 'understudy_alarm',
    help: '1 while the alarm of that name rings.',
    labelNames: ['alarm'],
    registers: [registry],
    collect: (): void => gauge.set({ alarm: 'failures' }, Number(alarm.isRinging(clock.now()))),
  });
}
