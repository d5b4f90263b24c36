// What a storm of logins does to a server: to those who are served, to those who are not, and to the token checks beside it.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '../child.ts';
import { Conversation } from '../conversation.ts';
import { OpenLoop, type OpenResult, type Verdict } from '../open-loop.ts';
import { quantile } from '../statistics.ts';
import type { Entrance } from './entrances.ts';
import type { Checked } from './token-checks.ts';

const CHECKS_PER_SECOND = 200;
const LOGIN_GRACE_MS = 3000;
const CHECK_GRACE_MS = 2000;
/** The queue fills first; what is served after that is served under the storm. */
const SETTLING_MS = 1000;
/** A login is as quick as ever when it takes less. */
const QUICK_MS = 100;
const LONGEST_RECOVERY_MS = 10_000;

/** Where the storm comes from: each address is a source of its own. */
export const SOURCES = Array.from({ length: 64 }, (_, index) => `127.0.${2 + (index % 8)}.${1 + index}`);

/** A server with its logins and its checks. */
export interface Side {
  readonly server: ServerProcess;
  readonly logins: Entrance;
  readonly checks: Checked;
  /** It has no queue to recover: it works off whatever it was sent. */
  readonly isBare: boolean;
}

/** What one storm showed. */
export interface Weather {
  readonly checksP99: number;
  readonly failedChecks: number;
  readonly servedPerSecond: number;
  readonly refusedP99: number;
  readonly lostLogins: number;
  readonly mostMiB: number;
  readonly recoverySeconds: number;
}

/** How hard and how long. */
export interface Storm {
  readonly perSecond: number;
  readonly forMs: number;
}

/** Lets it storm. */
export async function weather({ server, logins, checks, isBare }: Side, { perSecond, forMs }: Storm): Promise<Weather> {
  const { port } = server;
  const storming = new OpenLoop({
    port,
    perSecond,
    forMs,
    graceMs: LOGIN_GRACE_MS,
    requests: logins.requests,
    sources: SOURCES,
    judge: (answer) => judge(answer, logins.expects),
  }).run();
  const checking = new OpenLoop({
    port,
    perSecond: CHECKS_PER_SECOND,
    forMs,
    graceMs: CHECK_GRACE_MS,
    requests: checks.requests,
    sources: ['127.0.0.1'],
    judge: (answer) => judge(answer, '"active":true'),
  }).run();
  const recovering = isBare ? Promise.resolve(Number.NaN) : recovery(logins, forMs);
  const [storm, checked, recoverySeconds] = await Promise.all([storming, checking, recovering]);
  return { ...summaryOf(storm, checked, forMs), mostMiB: mostResident(server.id), recoverySeconds };
}

function summaryOf(
  storm: OpenResult,
  checked: OpenResult,
  forMs: number,
): Omit<Weather, 'mostMiB' | 'recoverySeconds'> {
  const settled = storm.served.filter(({ at }) => at >= SETTLING_MS && at < forMs);
  return {
    checksP99: p99(checked.served),
    failedChecks: checked.failed + checked.refused.length,
    servedPerSecond: (settled.length * 1000) / (forMs - SETTLING_MS),
    refusedP99: p99(storm.refused),
    lostLogins: storm.failed,
  };
}

export function judge(answer: Buffer, expects: string): Verdict {
  const status = answer.toString('latin1', 9, 12);
  if (status === '503') return 'refused';
  return status === '200' && answer.includes(expects) ? 'served' : 'failed';
}

export function p99(answers: OpenResult['served']): number {
  const sorted = answers.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  return sorted.length === 0 ? Number.NaN : quantile(sorted, 0.99);
}

/** Seconds from the end of the storm until somebody who signs in again and again is let in as quickly as ever. */
async function recovery({ port, requests, expects }: Entrance, forMs: number): Promise<number> {
  await pause(forMs);
  const endedAt = performance.now();
  const elapsed = (): number => performance.now() - endedAt;
  const visitor = await Conversation.open(port, '127.0.1.1');
  try {
    for (let turn = 0; elapsed() < LONGEST_RECOVERY_MS; turn += 1) {
      const { text, tookMs } = await visitor.ask(requests[turn % requests.length] ?? new Uint8Array(0));
      if (text.includes(expects) && tookMs < QUICK_MS) break;
      await pause(10);
    }
  } finally {
    visitor.close();
  }
  return elapsed() / 1000;
}

/** The most memory a process has ever held, in MiB. */
function mostResident(id: number): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}
