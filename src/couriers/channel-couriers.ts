// Hands each message to the courier of its channel, and sees to it that it goes to one address and that not too many wait.
import { type Channel, type Courier, CourierError, type Message, normaliseIdentifier } from '#core';

/** A courier with something to put away at the end. */
export interface ClosableCourier extends Courier {
  close?(): Promise<void>;
}

/** So many may be under way at once: a provider that hangs must not fill the memory. */
const MOST_UNDER_WAY = 256;

/** All couriers there are. */
export class ChannelCouriers implements Courier {
  readonly #couriers: Readonly<Partial<Record<Channel, ClosableCourier>>>;
  readonly #underWay = new Set<Promise<void>>();

  constructor(couriers: Readonly<Partial<Record<Channel, ClosableCourier>>>) {
    this.#couriers = couriers;
  }

  async send(message: Message): Promise<void> {
    const courier = this.#couriers[message.channel];
    if (courier === undefined) throw new CourierError(`${message.channel}: there is no courier`);
    assertOneDestination(message);
    if (this.#underWay.size >= MOST_UNDER_WAY) throw new CourierError(`${message.channel}: too many are under way`);
    const sending = courier.send(message);
    this.#underWay.add(sending);
    try {
      await sending;
    } finally {
      this.#underWay.delete(sending);
    }
  }

  /** Lets what is under way arrive or fail first. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    for (const courier of Object.values(this.#couriers)) await courier.close?.();
  }
}

/** Only the one spelling under which addresses are stored: nothing that a mail server could take for two, or for a header. */
function assertOneDestination({ channel, to }: Message): void {
  const kind = channel === 'email' ? 'email' : 'mobile';
  if (normaliseIdentifier({ kind, text: to }) !== to) throw new CourierError(`${channel}: that is no address`);
}
