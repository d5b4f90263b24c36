// The end of the event loop's turn: answers wait for it, so that those of requests that came together also leave together.

/**
 * Under load a turn holds many requests. Answered one by one, each answer wakes the machine's other end, which then has nothing to do
 * until the next; written in one go they cost a fifth less of this thread. A lone answer waits for nothing.
 */
export class Turn {
  #end: Promise<void> | undefined;

  /** Resolves once everything that has arrived by now was looked at. */
  end(): Promise<void> {
    this.#end ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#end = undefined;
        resolve();
      });
    });
    return this.#end;
  }
}
