// For development only: prints messages, codes and all, instead of sending them.
import type { Courier, Message } from '#core';

import type { Wording } from './wording.ts';

/** Prints each message in one line. */
export class LogCourier implements Courier {
  readonly #wording: Wording;
  readonly #print: (line: string) => void;

  constructor(wording: Wording, print: (line: string) => void) {
    this.#wording = wording;
    this.#print = print;
  }

  async send(message: Message): Promise<void> {
    const { channel, to } = message;
    const text = channel === 'email' ? this.#wording.letterOf(message).text : this.#wording.shortMessageOf(message);
    this.#print(`DEVELOPMENT: not sent by ${channel} to ${to}: ${text}`);
  }
}
