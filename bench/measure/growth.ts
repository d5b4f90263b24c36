// What a hundred times the accounts cost: a login, a token check that reads the database, and the memory of the server.
import { readFileSync } from 'node:fs';
import { Conversation } from '../conversation.ts';
import { postRequest } from '../load.ts';
import type { Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { type Engine, type Size, sizedStore } from '../sized-store.ts';
import { spreadOf } from '../statistics.ts';
import { entranceOf, warmUp } from './entrances.ts';
import { checksAt } from './token-checks.ts';

const FEW_ACCOUNTS = 10_000;
const WARM_UP_MS = 3000;
const CHECKED_PEOPLE = 25;

/** One server, and what is asked of it. */
interface Side {
  readonly port: number;
  readonly processId: number;
  readonly logins: readonly Uint8Array[];
  readonly checks: readonly Uint8Array[];
}

export async function measureGrowth(rig: Rig, pace: Pace, size: Size): Promise<readonly Figure[]> {
  pace.say(`growth: ${FEW_ACCOUNTS} accounts`);
  const few = await sideOf(rig, { ...size, accounts: FEW_ACCOUNTS });
  pace.say(`growth: ${size.accounts} accounts`);
  const many = await sideOf(rig, size);
  const turn = { few: 0, many: 0 };
  const slice = (name: 'few' | 'many', side: Side, requests: readonly Uint8Array[]) => () =>
    medianOf(side.port, requests, { from: (turn[name] += 97), seconds: pace.seconds });
  pace.say('growth: logins');
  const logins = await interleave(pace, { few: slice('few', few, few.logins), many: slice('many', many, many.logins) });
  pace.say('growth: token checks');
  const checks = await interleave(pace, { few: slice('few', few, few.checks), many: slice('many', many, many.checks) });
  const memory = { few: [residentMiB(few)], many: [residentMiB(many)] };
  const what = `${size.accounts.toLocaleString('en')} accounts on ${size.engine}`;
  return [
    figureOf({ name: `login, p50, ${what}`, unit: 'ms', atMost: 1.2 }, logins),
    figureOf({ name: `token check, p50, ${what}`, unit: 'ms', atMost: 1.2 }, checks),
    figureOf({ name: `memory, ${what}`, unit: 'MiB', atMost: 1.3 }, memory),
  ];
}

interface About {
  readonly name: string;
  readonly unit: string;
  readonly atMost: number;
}

function figureOf({ name, unit, atMost }: About, { few, many }: Readonly<Record<'few' | 'many', number[]>>): Figure {
  return {
    name,
    unit: '× 10,000 accounts',
    value: compared(many, few, ratio),
    target: { atMost },
    parts: { [`many ${unit}`]: spreadOf(many), [`few ${unit}`]: spreadOf(few) },
  };
}

/** A server that keeps no sessions in memory: every check reads the database. */
async function sideOf(rig: Rig, size: { readonly accounts: number; readonly engine: Engine }): Promise<Side> {
  const store = await sizedStore(rig, size);
  const environment = { ...store.environment, UNDERSTUDY_CACHE_SESSIONS: '0' };
  const server = await rig.serve(store.dataDir, environment);
  const entrance = entranceOf(server, store.people);
  await warmUp(entrance, WARM_UP_MS);
  const { requests: checks } = await checksAt(server, store.app, store.people.slice(-CHECKED_PEOPLE));
  return { port: server.port, processId: server.id, logins: entrance.requests, checks };
}

/** One at a time, each another; the median of what they took. */
async function medianOf(
  port: number,
  requests: readonly Uint8Array[],
  { from, seconds }: { readonly from: number; readonly seconds: number },
): Promise<number> {
  const conversation = await Conversation.open(port);
  const tookMs: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (let turn = from; performance.now() < until; turn += 1) {
    const request = requests[turn % requests.length] ?? postRequest('/', {}, '');
    const answer = await conversation.ask(request);
    if (!answer.text.startsWith('HTTP/1.1 200')) throw new Error(`not the expected answer:\n${answer.text}`);
    tookMs.push(answer.tookMs);
  }
  conversation.close();
  return spreadOf(tookMs).median;
}

/** Linux tells. */
function residentMiB({ processId }: Side): number {
  const rollup = readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8');
  return Number(/^Pss: +(\d+) kB$/m.exec(rollup)?.[1] ?? Number.NaN) / 1024;
}
