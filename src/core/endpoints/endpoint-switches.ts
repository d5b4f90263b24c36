// The operator's switches: every endpoint can be closed and opened while the server runs.
import type { ChangeFeed } from '../kernel/changes.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { EndpointStore } from './endpoint-store.ts';

/** Knows which endpoints are closed. One per process. */
export class EndpointSwitches {
  readonly #store: Pick<EndpointStore, 'closed'>;
  #closed: Promise<ReadonlySet<string>> | undefined;

  constructor(store: Pick<EndpointStore, 'closed'>, changes: ChangeFeed) {
    this.#store = store;
    changes.subscribe(({ topic }) => {
      if (topic === 'endpoint' || topic === 'everything') this.#closed = undefined;
    });
  }

  /** @throws Refusal `endpoint.closed`; a fault when the switches cannot be read: nothing opens by accident */
  async assertOpen(endpoint: string): Promise<void> {
    const closed = await (this.#closed ??= this.#read());
    if (closed.has(endpoint)) throw new Refusal('endpoint.closed', { field: endpoint });
  }

  async #read(): Promise<ReadonlySet<string>> {
    try {
      return new Set(await this.#store.closed());
    } catch (fault) {
      this.#closed = undefined;
      throw fault;
    }
  }
}
