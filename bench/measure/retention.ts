// A long backlog of ended sessions is swept away: how long that takes, and what a login beside it notices.
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { Conversation } from '../conversation.ts';
import type { Rig } from '../rig.ts';
import type { Figure, Pace } from '../rounds.ts';
import { addEndedSessions, freshDatabase, type Size, type SizedStore, sizedStore } from '../sized-store.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { entranceOf, warmUp } from './entrances.ts';

const ACCOUNTS = 2000;
/** Those who sign in meanwhile; the others have the sessions that ended. */
const VISITORS = 400;
const ENDED_EACH = 125;
const WARM_UP_MS = 3000;
const LOGINS_A_LOOK = 5;
/** Sweeping begins within a minute. */
const PATIENCE_MS = 300_000;

const LEFT = "select count(*) as count from sessions where digest like 'ended%'";

/** How many ended sessions there still are. */
interface Backlog {
  left(): Promise<number>;
  close(): Promise<void>;
}

export async function measureRetention(
  rig: Rig,
  pace: Pace,
  { engine }: Pick<Size, 'engine'>,
): Promise<readonly Figure[]> {
  const store = await sizedStore(rig, { accounts: ACCOUNTS, engine: 'sqlite' });
  addEndedSessions(store, { each: ENDED_EACH, except: VISITORS });
  const databaseUrl = engine === 'sqlite' ? store.databaseUrl : await moved(rig, store);
  const server = await rig.serve(store.dataDir, { UNDERSTUDY_DATABASE_URL: databaseUrl });
  const entrance = entranceOf(server, store.people.slice(0, VISITORS));
  await warmUp(entrance, WARM_UP_MS);
  pace.say('retention: waiting for the sweep, signing in meanwhile');
  const backlog = await backlogAt(databaseUrl);
  const { before, beside, seconds } = await follow(await Conversation.open(server.port), entrance.requests, backlog);
  await backlog.close();
  const spread = (took: readonly number[]) => spreadOf([quantile(took, 0.5)]);
  const worst = (took: readonly number[]) => spreadOf([quantile(took, 0.99)]);
  const value = spreadOf([quantile(beside, 0.5) / quantile(before, 0.5)]);
  const sessions = ((ACCOUNTS - VISITORS) * ENDED_EACH).toLocaleString('en');
  return [
    {
      name: `login beside a sweep of ${sessions} sessions on ${engine}`,
      unit: '× without',
      value,
      parts: {
        'p50 ms': spread(beside),
        'p50 ms before': spread(before),
        'p99 ms': worst(beside),
        'p99 ms before': worst(before),
        'swept in s': spreadOf([seconds]),
      },
    },
  ];
}

async function moved(rig: Rig, { dataDir }: SizedStore): Promise<string> {
  const url = await freshDatabase('understudy_bench_retention');
  await rig.run(['move', '--to', url, '--data', dataDir]);
  return url;
}

interface Followed {
  /** Sorted, milliseconds. */
  readonly before: readonly number[];
  readonly beside: readonly number[];
  readonly seconds: number;
}

/** Signs in again and again until the backlog is gone. */
async function follow(visitor: Conversation, requests: readonly Uint8Array[], backlog: Backlog): Promise<Followed> {
  const [before, beside]: [number[], number[]] = [[], []];
  const whole = await backlog.left();
  const giveUpAt = performance.now() + PATIENCE_MS;
  let beganAt: number | undefined;
  for (let turn = 0, left = whole; left > 0; turn += 1) {
    if (performance.now() > giveUpAt) throw new Error(`${left} ended sessions were not swept`);
    const request = requests[turn % requests.length] ?? new Uint8Array();
    (left < whole ? beside : before).push((await visitor.ask(request)).tookMs);
    if (turn % LOGINS_A_LOOK === 0) left = await backlog.left();
    if (left < whole) beganAt ??= performance.now();
  }
  visitor.close();
  const rise = (one: number, other: number): number => one - other;
  const seconds = (performance.now() - (beganAt ?? 0)) / 1000;
  return { before: before.toSorted(rise), beside: beside.toSorted(rise), seconds };
}

async function backlogAt(databaseUrl: string): Promise<Backlog> {
  const path = /^sqlite:(?<path>.+)$/.exec(databaseUrl)?.groups?.['path'];
  return path === undefined ? backlogInPostgres(databaseUrl) : backlogInSqlite(path);
}

function backlogInSqlite(path: string): Backlog {
  const database = new DatabaseSync(path, { readOnly: true });
  const count = database.prepare(LEFT);
  return {
    left: () => Promise.resolve(Number(count.get()?.['count'])),
    close: () => Promise.resolve(database.close()),
  };
}

async function backlogInPostgres(url: string): Promise<Backlog> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    left: async () => Number((await client.query<{ count: string }>(LEFT)).rows[0]?.count),
    close: () => client.end(),
  };
}
