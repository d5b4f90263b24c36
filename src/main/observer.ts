// What the operator gets to see of each answer: a line in the log and a tick in the metrics, made of known words only.
import type { Outcome } from '#wire';
import type { Logger } from 'pino';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Is told of every answer. */
export type Observe = (id: string, outcome: Outcome, took: number) => void;

/** Latencies from a cached token check to a full queue, in seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Writes a line about each answer, and counts it if there is a registry to count in. */
export function observing(log: Logger, registry: Registry | undefined): Observe {
  const count = registry === undefined ? undefined : counting(registry);
  return (id, outcome, took) => {
    const endpoint = outcome.endpoint ?? `${outcome.dialect}.unknown`;
    const refusal = outcome.fault === undefined ? (outcome.refusal?.trueCode ?? '') : 'fault';
    count?.(endpoint, refusal, took);
    write(log, { id, endpoint, refusal, took, outcome });
  };
}

function counting(registry: Registry): (endpoint: string, refusal: string, took: number) => void {
  const answers = new Counter({
    name: 'understudy_answers_total',
    help: 'Answers by endpoint and refusal code; empty when nothing was refused.',
    labelNames: ['endpoint', 'refusal'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'understudy_answer_seconds',
    help: 'Time to answer.',
    labelNames: ['endpoint'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return (endpoint, refusal, took) => {
    answers.inc({ endpoint, refusal });
    seconds.observe({ endpoint }, took / 1000);
  };
}

interface Line {
  readonly id: string;
  readonly endpoint: string;
  readonly refusal: string;
  readonly took: number;
  readonly outcome: Outcome;
}

function write(log: Logger, { id, endpoint, refusal, took, outcome }: Line): void {
  const level = levelOf(outcome);
  if (!log.isLevelEnabled(level)) return;
  const ms = Math.round(took * 10) / 10;
  const why = outcome.refusal?.detail;
  const detail = why && { field: why.field, remark: why.remark, retryAfterSeconds: why.retryAfterSeconds };
  log[level](
    {
      id,
      endpoint,
      status: outcome.answer.status,
      refusal,
      ms,
      ...detail,
      ...(outcome.fault !== undefined && { fault: describeFault(outcome.fault) }),
    },
    'answered',
  );
}

/** A successful token check is not worth a line at the usual level: there are thousands a second. */
function levelOf({ endpoint, fault, refusal }: Outcome): 'debug' | 'error' | 'info' {
  if (fault !== undefined) return 'error';
  return refusal === undefined && endpoint === 'api.introspect' ? 'debug' : 'info';
}

/** A fault for the log: its name, code, message and where it came from. */
export function describeFault(fault: unknown): object {
  if (!(fault instanceof Error)) return { name: typeof fault };
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
  return {
    name: fault.name,
    code,
    message: fault.message.slice(0, 500),
    stack: fault.stack
      ?.split('\n')
      .slice(1, 12)
      .map((line) => line.trim()),
  };
}
