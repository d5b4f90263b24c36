// The time between the word to stop and the end of listening: load balancers hear that this server is leaving, and everybody is still served.
import type { Server } from 'node:http';
import type { Timer } from '#core';

/** What taking leave needs. */
export interface LeaveTakingDeps {
  readonly server: Server;
  readonly timer: Timer;
  /** How long everybody is still served. */
  readonly delaySeconds: number;
}

/** Whether this server is leaving, and how it does so. */
export class LeaveTaking {
  #hasBegun = false;

  /** From then on it is not ready. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Resolves when nobody should be coming any more. Each answer until then closes its connection, so that none is cut in use afterwards. */
  async begin({ server, timer, delaySeconds }: LeaveTakingDeps): Promise<void> {
    this.#hasBegun = true;
    server.prependListener('request', (_request, response) => (response.shouldKeepAlive = false));
    if (delaySeconds > 0) await timer.after(delaySeconds * 1000);
  }
}
