// A courier that keeps what it is given, so that a test can read the code somebody was sent.
import { type Courier, CourierError, type Message, Secret } from '#core';

/** What was carried so far. */
export class Mailbox implements Courier {
  readonly #messages: Message[] = [];
  #isAway = false;
  #delivery: Promise<void> = Promise.resolve();

  async send(message: Message): Promise<void> {
    if (this.#isAway) throw new CourierError('away');
    await this.#delivery;
    this.#messages.push(message);
  }

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** From now on nothing is carried, until it comes back. */
  goAway(isAway = true): void {
    this.#isAway = isAway;
  }

  /** Nothing arrives until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#delivery = promise;
    return resolve;
  }

  /** The code of the latest message to that number or address. */
  codeFor(to: string): string {
    const code = this.#messages.findLast((message) => message.to.endsWith(to))?.values['code'];
    if (!(code instanceof Secret)) throw new Error('nobody was sent a code there');
    return code.reveal();
  }
}
