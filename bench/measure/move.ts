// How long a store of a size takes to move to PostgreSQL and back while people sign in, and whether everybody's session comes along, though the move is killed amid it.
import { setTimeout as pause } from 'node:timers/promises';
import { isCopying } from '#tests/postgres/move-state';
import type { Rig } from '../rig.ts';
import type { Figure, Pace } from '../rounds.ts';
import { freshDatabase, type Size, sizedStore, type SizedStore } from '../sized-store.ts';
import { spreadOf } from '../statistics.ts';
import { SigningIn } from './signing-in.ts';
import { basic, introspect } from './token-checks.ts';

interface Told {
  readonly isResumed: boolean;
  readonly closedMs: number;
  readonly tables: readonly { readonly rows: number }[];
}

interface Timed {
  readonly seconds: number;
  readonly told: Told;
}

/** Nobody's session may give way to a newer one of theirs: then it is not lost. */
const ROOMY = { UNDERSTUDY_SESSIONS_MAX_PER_ACCOUNT: '10000' };
const LOOKS_EVERY_MS = 200;

export async function measureMove(
  rig: Rig,
  { say }: Pace,
  { accounts }: Pick<Size, 'accounts'>,
): Promise<readonly Figure[]> {
  say(`move: ${accounts} accounts`);
  const store = await sizedStore(rig, { accounts, engine: 'sqlite' });
  const url = await freshDatabase('understudy_bench_move');
  const to = ['--to', url, '--data', store.dataDir];
  const server = await rig.serve(store.dataDir, ROOMY);
  const people = new SigningIn(server.url, store.people);
  say('move: until it is killed');
  const killedAfter = await killedAmid(rig, to, url);
  say('move: until it is done');
  const there = await timed(rig, to);
  await people.end();
  await server.stop();
  const lost = await lostAt(rig, store, { url, tokens: people.tokens });
  say('move: back');
  const back = await timed(rig, ['--from', url, '--to', 'sqlite', '--replace', '--data', store.dataDir]);
  const many = accounts.toLocaleString('en');
  return [
    figureOf(`move of ${many} accounts to PostgreSQL, once more after a kill`, there, {
      'killed after s': spreadOf([killedAfter]),
      resumed: spreadOf([Number(there.told.isResumed)]),
    }),
    {
      name: `sessions lost by the move of ${many} accounts`,
      unit: '',
      value: spreadOf([lost]),
      target: { atMost: 0 },
      parts: { 'signed in meanwhile': spreadOf([people.tokens.length]), 'told to wait': spreadOf([people.busy]) },
    },
    figureOf(`move of ${many} accounts back`, back),
  ];
}

function figureOf(name: string, { seconds, told }: Timed, more: Figure['parts'] = {}): Figure {
  const rows = told.tables.reduce((sum, table) => sum + table.rows, 0);
  const parts = { rows: spreadOf([rows]), 'closed ms': spreadOf([told.closedMs]), ...more };
  return { name, unit: 's', value: spreadOf([seconds]), parts };
}

async function timed(rig: Rig, words: readonly string[]): Promise<Timed> {
  const startedAt = performance.now();
  const out = await rig.run(['move', ...words, '--json']);
  return { seconds: (performance.now() - startedAt) / 1000, told: JSON.parse(out) as Told };
}

/** Kills the move with SIGKILL once the identifiers are on their way, which follow the accounts; how many seconds it had. */
async function killedAmid(rig: Rig, words: readonly string[], url: string): Promise<number> {
  const startedAt = performance.now();
  const [kill, end] = [new AbortController(), new AbortController()];
  const outcome = rig
    .run(['move', ...words], kill.signal)
    .then(
      () => 'done',
      () => 'killed',
    )
    .finally(() => end.abort());
  while (!end.signal.aborted && !(await isCopying(url, 'identifiers'))) await pause(LOOKS_EVERY_MS);
  kill.abort();
  if ((await outcome) === 'done') throw new Error('the move had ended before it could be killed');
  return (performance.now() - startedAt) / 1000;
}

/** How many of the tokens a server on the moved data does not know. */
async function lostAt(
  rig: Rig,
  { dataDir, app }: SizedStore,
  { url, tokens }: { readonly url: string; readonly tokens: readonly string[] },
): Promise<number> {
  const server = await rig.serve(dataDir, { ...ROOMY, UNDERSTUDY_DATABASE_URL: url });
  const authorization = basic(app);
  let lost = 0;
  for (const token of tokens) {
    const { active } = await introspect(server.url, token, authorization);
    if (!active) lost += 1;
  }
  await server.stop();
  return lost;
}
