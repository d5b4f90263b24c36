// What a login costs beside its hash: one at a time, each followed by one against a bare route that computes the same hash.
import { Conversation } from '../conversation.ts';
import type { Rig } from '../rig.ts';
import { type Figure, type Pace } from '../rounds.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { type Entrance, type Entrances, entrancesOf } from './entrances.ts';

const PEOPLE = 64;
const BURST = 16;

export async function measureLoginCost(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const entrances = await entrancesOf(rig, await rig.populate(PEOPLE));
  pace.say('login cost');
  const slices: Slice[] = [];
  for (let round = 0; round < pace.rounds; round += 1) {
    slices.push(await pace.calm.undisturbed(() => takeSlice(entrances, pace), pace.ownProcesses()));
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
      },
    },
  ];
}

/** The medians of both sides. */
interface Slice {
  readonly understudy: number;
  readonly bare: number;
}

/**
 * The same hash takes a tenth longer in one second than in the next, which is more than what is looked for: the sides take turns
 * with every single request, so that both meet the same seconds.
 */
async function takeSlice({ understudy, bare }: Entrances, { seconds }: Pace): Promise<Slice> {
  const sides = [await Visitor.to(understudy), await Visitor.to(bare)] as const;
  const until = performance.now() + seconds * 2000;
  for (let turn = 0; performance.now() < until; turn += 1) {
    for (const visitor of turn % 2 === 0 ? sides : sides.toReversed())
      for (let n = 0; n < BURST; n += 1) await visitor.signIn(turn * BURST + n);
  }
  const [ours, theirs] = sides.map((visitor) => visitor.leave());
  return { understudy: ours ?? Number.NaN, bare: theirs ?? Number.NaN };
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
    return quantile(
      this.#tookMs.toSorted((one, other) => one - other),
      0.5,
    );
  }
}
