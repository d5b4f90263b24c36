// What a login costs beside its hash: one at a time, in short turns with a bare route that computes the same hash.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Conversation } from '../conversation.ts';
import type { Rig } from '../rig.ts';
import type { Figure, Pace } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { type Entrance, type Entrances, entrancesOf } from './entrances.ts';

const PEOPLE = 64;
/** Logins in a turn: short enough that both sides meet the same seconds, long enough that a server is at its work. */
const TURN = 16;

export async function measureLoginCost(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const entrances = await entrancesOf(rig, await rig.populate(PEOPLE));
  const disk = new Disk();
  pace.say('login cost');
  const slices: Slice[] = [];
  try {
    for (let round = 0; round < pace.rounds; round += 1)
      slices.push(await pace.calm.undisturbed(() => takeSlice(entrances, disk, pace), pace.ownProcesses()));
  } finally {
    disk.close();
  }
  return [
    {
      name: 'login beside its hash, p50',
      unit: 'ms',
      value: spreadOf(slices.map(({ understudy, bare }) => understudy - bare)),
      target: { atMost: 1 },
      parts: {
        'understudy ms': spreadOf(slices.map(({ understudy }) => understudy)),
        'bare ms': spreadOf(slices.map(({ bare }) => bare)),
        'disk ms': spreadOf(slices.map(({ synced }) => synced)),
      },
    },
  ];
}

/** The medians: of both sides, and of what the disk needs to keep a few pages. */
interface Slice {
  readonly understudy: number;
  readonly bare: number;
  readonly synced: number;
}

/** The same hash takes a tenth longer in one second than in the next, which is more than what is looked for: so the sides take turns. */
async function takeSlice({ understudy, bare }: Entrances, disk: Disk, { seconds }: Pace): Promise<Slice> {
  const sides = [await Visitor.to(understudy), await Visitor.to(bare)] as const;
  const synced: number[] = [];
  const until = performance.now() + seconds * 2000;
  for (let turn = 0; performance.now() < until; turn += 1) {
    for (const visitor of turn % 2 === 0 ? sides : sides.toReversed())
      for (let n = 0; n < TURN; n += 1) await visitor.signIn(turn * TURN + n);
    synced.push(disk.sync());
  }
  const [ours, theirs] = sides.map((visitor) => visitor.leave());
  return { understudy: ours ?? Number.NaN, bare: theirs ?? Number.NaN, synced: spreadOf(synced).median };
}

/** The disk the servers write to. */
class Disk {
  readonly #folder = mkdtempSync(join(tmpdir(), 'understudy-disk-'));
  readonly #file = openSync(join(this.#folder, 'pages'), 'w');

  /** Milliseconds until it has kept two pages. */
  sync(): number {
    writeSync(this.#file, Buffer.alloc(8192, 1));
    const startedAt = performance.now();
    fdatasyncSync(this.#file);
    return performance.now() - startedAt;
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Signs in at one of the sides, again and again. */
class Visitor {
  readonly #entrance: Entrance;
  readonly #conversation: Conversation;
  readonly #tookMs: number[] = [];

  private constructor(entrance: Entrance, conversation: Conversation) {
    this.#entrance = entrance;
    this.#conversation = conversation;
  }

  static async to(entrance: Entrance): Promise<Visitor> {
    return new Visitor(entrance, await Conversation.open(entrance.port));
  }

  /** @throws Error at an answer that is not the expected one: a server that refuses is quick, and measures nothing */
  async signIn(turn: number): Promise<void> {
    const { requests, expects } = this.#entrance;
    const request = requests[turn % requests.length];
    if (request === undefined) throw new RangeError('there is nothing to send');
    const { text, tookMs } = await this.#conversation.ask(request);
    if (!text.startsWith('HTTP/1.1 200') || !text.includes(expects))
      throw new Error(`not the expected answer:\n${text}`);
    this.#tookMs.push(tookMs);
  }

  /** The median of what it took. */
  leave(): number {
    this.#conversation.close();
    return spreadOf(this.#tookMs).median;
  }
}
