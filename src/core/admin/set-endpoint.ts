// The operator opens or closes a way in.
import type { EndpointStore } from '../endpoints/endpoint-store.ts';
import type { Clock } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type ActEntry, operatorEntry } from './operator-entry.ts';

/** What switching needs. */
export interface SetEndpointDeps {
  readonly clock: Clock;
  readonly endpoints: Pick<EndpointStore, 'set'>;
  /** Every endpoint there is, as `dialect.act`. */
  readonly known: readonly string[];
  /** Who does it; the operator at the command line unless said otherwise. */
  readonly entry?: ActEntry;
}

/** @throws Refusal `endpoint.unknown` */
export const setEndpoint =
  ({ clock, endpoints, known, entry = operatorEntry }: SetEndpointDeps) =>
  async ({ endpoint, isOpen }: { readonly endpoint: string; readonly isOpen: boolean }): Promise<void> => {
    if (!known.includes(endpoint)) throw new Refusal('endpoint.unknown', { field: endpoint });
    await endpoints.set(
      endpoint,
      isOpen,
      entry(isOpen ? 'endpoint.open' : 'endpoint.close', clock.now(), { endpoint }),
    );
  };
