// Whether drawing pictures for many holds up whoever signs in: logins alone, and beside two hundred pictures a second.
import { setTimeout as pause } from 'node:timers/promises';
import { Conversation } from '../conversation.ts';
import { underLoad } from '../load.ts';
import type { Rig } from '../rig.ts';
import { compared, type Figure, interleave, type Pace, ratio } from '../rounds.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { type Entrance, entrancesOf } from './entrances.ts';

const PEOPLE = 64;
const PICTURES_A_SECOND = 200;
/** Each source gets thirty pictures a minute: so many sources that none is refused. */
const SOURCES = 1024;
/** A p99 of fewer logins is one login. */
const LEAST_SECONDS = 5;

export async function measurePictures(rig: Rig, pace: Pace): Promise<readonly Figure[]> {
  const { understudy } = await entrancesOf(rig, await rig.populate(PEOPLE));
  const visitors = await PictureVisitors.at(understudy.port);
  pace.say(`logins beside ${PICTURES_A_SECOND} pictures a second`);
  try {
    const slowest = await interleave(pace, {
      alone: () => slowLogin(understudy, pace),
      beside: () => visitors.during(() => slowLogin(understudy, pace)),
    });
    return [
      {
        name: `login p99 beside ${PICTURES_A_SECOND} pictures/s`,
        unit: '× alone',
        value: compared(slowest.beside, slowest.alone, ratio),
        target: { atMost: 2 },
        parts: {
          'beside ms': spreadOf(slowest.beside),
          'alone ms': spreadOf(slowest.alone),
          'pictures/s': spreadOf(visitors.rates),
        },
      },
    ];
  } finally {
    visitors.leave();
  }
}

async function slowLogin(entrance: Entrance, { seconds }: Pace): Promise<number> {
  const windowMs = Math.max(seconds, LEAST_SECONDS) * 1000;
  const { latenciesMs } = await underLoad({ ...entrance, inFlight: 1, warmUpMs: 300, windowMs });
  return quantile(latenciesMs, 0.99);
}

/** Clients from many addresses that ask for pictures at a fixed rate, whether or not the last ones have come. */
class PictureVisitors {
  readonly rates: number[] = [];
  readonly #idle: Conversation[];
  #drawn = 0;
  #asked = 0;

  private constructor(conversations: Conversation[]) {
    this.#idle = conversations;
  }

  static async at(port: number): Promise<PictureVisitors> {
    const conversations: Conversation[] = [];
    for (let n = 0; n < SOURCES; n += 1)
      conversations.push(await Conversation.open(port, `127.1.${n >> 8}.${n & 255}`));
    return new PictureVisitors(conversations);
  }

  /** Asks while the measurement lasts. */
  async during(measure: () => Promise<number>): Promise<number> {
    const [startedAt, drawnBefore] = [performance.now(), this.#drawn];
    const due = this.#asked;
    const timer = setInterval(() => {
      const owed = due + ((performance.now() - startedAt) / 1000) * PICTURES_A_SECOND;
      while (this.#asked < owed) this.#ask();
    }, 5);
    try {
      return await measure();
    } finally {
      clearInterval(timer);
      this.rates.push(((this.#drawn - drawnBefore) * 1000) / (performance.now() - startedAt));
      // What is still on its way belongs to nobody's slice.
      await pause(500);
    }
  }

  leave(): void {
    for (const conversation of this.#idle) conversation.close();
  }

  #ask(): void {
    this.#asked += 1;
    const conversation = this.#idle.shift();
    if (conversation === undefined) return;
    const path = `/api.php?s=user/userverifyentry&type=user_login&uuid=visitor-${this.#asked % SOURCES}`;
    const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
    void conversation.ask(request).then(({ text }) => {
      if (text.startsWith('HTTP/1.1 200') && text.includes('image/png')) this.#drawn += 1;
      this.#idle.push(conversation);
    });
  }
}
