// Gathers what is said in one breath and sends it in one message: crossing into another thread costs the same for one act as for ten.

/** Messages on their way out. */
export class Outbox<T> {
  readonly #deliver: (messages: readonly T[]) => void;
  #messages: T[] = [];

  constructor(deliver: (messages: readonly T[]) => void) {
    this.#deliver = deliver;
  }

  /** Sends it with whatever else is sent before this turn of the event loop is over. */
  send(message: T): void {
    if (this.#messages.length === 0) queueMicrotask(() => this.flush());
    this.#messages.push(message);
  }

  /** Sends at once what is still here. */
  flush(): void {
    const messages = this.#messages;
    this.#messages = [];
    if (messages.length > 0) this.#deliver(messages);
  }

  /** Forgets what was not sent yet. */
  clear(): void {
    this.#messages = [];
  }
}
