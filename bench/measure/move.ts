// How long a store of a size takes to move to PostgreSQL and back, and how long nobody can sign in meanwhile.
import type { Rig } from '../rig.ts';
import type { Figure, Pace } from '../rounds.ts';
import { freshDatabase, type Size, sizedStore } from '../sized-store.ts';
import { spreadOf } from '../statistics.ts';

interface Told {
  readonly closedMs: number;
  readonly tables: readonly { readonly rows: number }[];
}

export async function measureMove(
  rig: Rig,
  { say }: Pace,
  { accounts }: Pick<Size, 'accounts'>,
): Promise<readonly Figure[]> {
  say(`move: ${accounts} accounts`);
  const { dataDir } = await sizedStore(rig, { accounts, engine: 'sqlite' });
  const url = await freshDatabase('understudy_bench_move');
  const server = await rig.serve(dataDir, {});
  const there = await timed(rig, ['--to', url, '--data', dataDir]);
  await server.stop();
  const back = await timed(rig, ['--from', url, '--to', 'sqlite', '--replace', '--data', dataDir]);
  const figure = (name: string, { seconds, told }: Timed): Figure => {
    const rows = told.tables.reduce((sum, table) => sum + table.rows, 0);
    const [rowsPerSecond, closedMs] = [spreadOf([rows / seconds]), spreadOf([told.closedMs])];
    return { name, unit: 's', value: spreadOf([seconds]), parts: { 'rows/s': rowsPerSecond, 'closed ms': closedMs } };
  };
  const many = accounts.toLocaleString('en');
  return [figure(`move of ${many} accounts to PostgreSQL`, there), figure(`move of ${many} accounts back`, back)];
}

interface Timed {
  readonly seconds: number;
  readonly told: Told;
}

async function timed(rig: Rig, words: readonly string[]): Promise<Timed> {
  const startedAt = performance.now();
  const out = await rig.run(['move', ...words, '--json']);
  return { seconds: (performance.now() - startedAt) / 1000, told: JSON.parse(out) as Told };
}
