// A connection whose socket we hold ourselves: when it does not answer, taking leave politely would wait for an answer as well.
import { Socket } from 'node:net';
import { Client, type ClientConfig, type PoolClient } from 'pg';

/** A connection that can be closed at once. */
export class OwnClient extends Client {
  readonly #socket: Socket;

  constructor(config: ClientConfig = {}) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.#socket = socket;
  }

  /** Whatever is still waited for fails. */
  cut(): void {
    this.#socket.destroy();
  }
}

/** The same while a pool has lent it. */
export type LentClient = OwnClient & Pick<PoolClient, 'release'>;
