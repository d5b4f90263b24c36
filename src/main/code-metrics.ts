// What becomes of codes, in figures: sent, refused by which allowance, not carried, and which guards are closed.
import type { AllowanceStore, ClosedCount, Clock, CodeWatch } from '#core';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What measuring needs. */
export interface CodeMetricsDeps {
  readonly registry: Registry;
  readonly allowances: Pick<AllowanceStore, 'closed'>;
  readonly clock: Clock;
}

/** Guards that are always shown, so that an alarm can be set on one that has never closed. */
const GUARDS = ['prefix', 'source', 'spend', 'total'];

/** Counts codes, and shows the guards as the store has them: whichever process closed one, every process says so. */
export function measuringCodes({ registry, allowances, clock }: CodeMetricsDeps): CodeWatch {
  const codes = new Counter({
    name: 'understudy_codes_total',
    help: 'Codes by what became of them (sent, refused, failed) and by channel, or by the allowance that was used up.',
    labelNames: ['outcome', 'by'],
    registers: [registry],
  });
  const guards = new Gauge({
    name: 'understudy_code_guards_closed',
    help: 'Closed guards of the sending of codes; "total" and "spend" stop it for everybody.',
    labelNames: ['guard'],
    registers: [registry],
    async collect() {
      // While the store cannot be asked, the other figures are wanted all the more.
      const closed = await allowances.closed(clock.now()).catch(() => undefined);
      for (const guard of GUARDS) guards.set({ guard }, countOf(guard, closed));
    },
  });
  const count = (outcome: string) => (by: string) => codes.inc({ outcome, by });
  return { sent: count('sent'), refused: count('refused'), failed: count('failed') };
}

function countOf(guard: string, closed: readonly ClosedCount[] | undefined): number {
  return closed === undefined ? Number.NaN : (closed.find(({ name }) => name === guard)?.count ?? 0);
}
