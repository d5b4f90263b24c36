// A burst: five hundred strangers at once, each with the longest password there may be, and health checks beside them.
import { OpenLoop } from '../open-loop.ts';
import { withPrecedence } from '../precedence.ts';
import type { Rig } from '../rig.ts';
import type { Figure, Pace } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { entranceOf, warmUp } from './entrances.ts';
import { NETWORKS, strangersWith } from './strangers.ts';
import { judge, p99 } from './weather.ts';

const CROWD = 500;
const LASTS_MS = 3000;
const GRACE_MS = 3000;
const HEALTH_PER_SECOND = 100;
const HEALTH = Buffer.from('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');

const LONGEST_PASSWORD = '密'.repeat(256);

interface Burst {
  readonly healthP99: number;
  readonly slowestRefusal: number;
  readonly lost: number;
}

export async function measureBurst(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const population = await rig.populate(CROWD / 10);
  const { server } = await rig.startUnderstudy(population);
  await warmUp(entranceOf(server, population.people), LASTS_MS);
  const { requests } = entranceOf(server, strangersWith(LONGEST_PASSWORD));
  pace.say('burst');
  const rounds: Burst[] = [];
  for (let round = 0; round < pace.rounds; round += 1)
    rounds.push(await withPrecedence(() => burstAt(server.port, requests)));
  const spread = (of: keyof Burst): Figure['value'] => spreadOf(rounds.map((round) => round[of]));
  const name = (what: string): string => `${CROWD} logins at once: ${what}`;
  return [
    { name: name('health check p99'), unit: 'ms', value: spread('healthP99'), target: { atMost: 100 }, parts: {} },
    { name: name('last refusal'), unit: 'ms', value: spread('slowestRefusal'), target: { atMost: 2500 }, parts: {} },
    { name: name('unanswered'), unit: '', value: spread('lost'), target: { atMost: 0 }, parts: {} },
  ];
}

async function burstAt(port: number, requests: readonly Uint8Array[]): Promise<Burst> {
  const healthy = new OpenLoop({
    port,
    perSecond: HEALTH_PER_SECOND,
    forMs: LASTS_MS,
    graceMs: GRACE_MS,
    requests: [HEALTH],
    sources: ['127.0.0.1'],
    judge: (answer) => judge(answer, '"status"'),
  }).run();
  const storming = new OpenLoop({
    port,
    perSecond: CROWD * 1000,
    forMs: 1,
    graceMs: LASTS_MS + GRACE_MS,
    requests,
    sources: NETWORKS,
    judge: (answer) => judge(answer, '"code":'),
  }).run();
  const [health, crowd] = await Promise.all([healthy, storming]);
  return {
    healthP99: p99(health.served),
    slowestRefusal: Math.max(0, ...crowd.refused.map(({ tookMs }) => tookMs)),
    lost: crowd.failed + health.failed,
  };
}
