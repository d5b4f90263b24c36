// The world a chaos test shakes: one data folder, a server on it, an operator beside it, visitors at the door; killed and raised again.
import { setTimeout as pause } from 'node:timers/promises';
import { randomInt } from 'node:crypto';

import { ChildServer, understudy } from '../support/child-server.ts';
import { newFolder, noteSecret } from '../support/run-folder.ts';
import { type AppKey, Visitor } from '../support/visitor.ts';
import { Operator } from './operator.ts';

/** Every guess in these tests comes from one address, so that only the accounts' own budgets may speak. */
const SETTINGS = {
  UNDERSTUDY_BUDGETS_NAMES_FAILURES: '1000000',
  UNDERSTUDY_BUDGETS_SOURCE_FAILURES: '1000000',
  UNDERSTUDY_BUDGETS_SUBNET_FAILURES: '1000000',
  UNDERSTUDY_DIALECTS_SHOPXO_CAPTCHA: 'never',
  UNDERSTUDY_SESSIONS_MAX_PER_ACCOUNT: '10000',
  // An attempt that was cut short blocks its account's last place for a while: who waits for it need not wait long.
  UNDERSTUDY_KDF_WAIT_MS: '1000',
};

/** A world that is up. */
export interface World {
  readonly server: ChildServer;
  readonly operator: Operator;
  readonly visitor: Visitor;
}

/** A data folder with an app that may ask about tokens. */
export class Land {
  readonly dataDir: string;
  readonly #app: AppKey;

  private constructor(dataDir: string, app: AppKey) {
    this.dataDir = dataDir;
    this.#app = app;
  }

  static async discover(): Promise<Land> {
    const dataDir = newFolder('data');
    const { out } = await understudy(['app', 'add', 'chaos', '--json'], { dataDir });
    const { signature } = JSON.parse(out) as { signature: string };
    noteSecret(signature);
    return new Land(dataDir, { id: 'chaos', signature });
  }

  /** Starts everything, whatever became of it before. */
  async raise(): Promise<World> {
    const [server, operator] = await Promise.all([
      ChildServer.start([], { dataDir: this.dataDir, env: SETTINGS }),
      Operator.beside(this.dataDir),
    ]);
    return { server, operator, visitor: new Visitor(server.port, this.#app) };
  }
}

/** What goes on when everything is killed. */
export interface Bustle {
  /** Starts everybody's work, which ends when it is over. */
  readonly begin: (isOver: () => boolean) => readonly Promise<unknown>[];
  /** Whether something of every kind has been acknowledged. */
  readonly isUnderWay: () => boolean;
}

const LOOK_EVERY_MS = 5;
const MOST_LOOKS = 1000;

/** Lets everybody work and then, once all are at it and at a moment nobody knows, ends it all with SIGKILL. */
export async function killAmid({ server, operator }: World, { begin, isUnderWay }: Bustle): Promise<void> {
  let isOver = false;
  const workers = begin(() => isOver);
  for (let looks = 0; looks < MOST_LOOKS && !isUnderWay(); looks += 1) await pause(LOOK_EVERY_MS);
  await pause(randomInt(100, 601));
  isOver = true;
  await Promise.all([server.kill(), operator.kill()]);
  await Promise.all(workers);
}

/** Several at the same thing, each again and again until it is over. */
export function crew(size: number, isOver: () => boolean, work: () => Promise<unknown>): readonly Promise<unknown>[] {
  return Array.from({ length: size }, async () => {
    while (!isOver()) await work();
  });
}

/** What a round trip came to; undefined when the connection ended before the whole answer was there. */
export async function unlessCutOff<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && 'code' in error && CUT_OFF.has(String(error.code))) return undefined;
    throw error;
  }
}

const CUT_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ECONNABORTED']);

/** One after the other. */
export async function times<T>(count: number, work: (round: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let round = 1; round <= count; round += 1) results.push(await work(round));
  return results;
}

/** A few of many, drawn at random. */
export function someOf<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length === 0) return [];
  return Array.from({ length: Math.min(count, all.length) }, () => all[randomInt(all.length)] as T);
}
