// The time between the word to stop and the end: load balancers hear that this server is leaving, and nobody is cut off.
import { Server as Listener } from 'node:net';
import type { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timer } from '#core';

/** What taking leave needs. */
export interface LeaveTakingDeps {
  readonly server: Server;
  readonly timer: Timer;
  /** How long everybody is still served as ever. */
  readonly delaySeconds: number;
}

/** So long those are answered after it who are connected already; nobody else is let in. */
export const LAST_ANSWERS_MS = 1000;
/** Turns of the event loop: one to accept a connection, one to read what came over it, and a few for good measure. */
const TURNS = 600;
/** A turn so short brought hardly anything. */
const QUIET_MS = 0.1;

/** Whether this server is leaving, and how it does so. */
export class LeaveTaking {
  #hasBegun = false;

  /** From then on it is not ready. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /**
   * Resolves when nobody should be coming any more. Connections stay as they are at first: a proxy that has to open new ones goes on knocking
   * here, and who knocks at the moment in which the door is closed is lost. Once it is closed, each answer is the last on its connection.
   */
  async begin({ server, timer, delaySeconds }: LeaveTakingDeps): Promise<void> {
    this.#hasBegun = true;
    if (delaySeconds > 0) await timer.after(delaySeconds * 1000);
    await readWhatHasArrived();
    await quietTurn();
    // Not the HTTP server's own way, which would cut idle connections, and with them requests that are on their way.
    Listener.prototype.close.call(server);
    server.prependListener('request', (_request, response) => (response.shouldKeepAlive = false));
    if (delaySeconds > 0) await timer.after(LAST_ANSWERS_MS);
    await readWhatHasArrived();
  }
}

/** What has knocked is let in, and right after it the door can be closed: the system hangs up on whoever comes in between. */
async function quietTurn(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const startedAt = performance.now();
    await nextTurn();
    if (performance.now() - startedAt < QUIET_MS) return;
  }
}

/** A request that has arrived but was not read yet looks like an idle connection, which closing would cut: so it is read first. */
async function readWhatHasArrived(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
}
