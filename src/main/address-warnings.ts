// Warns the operator when client addresses cannot be right: in the log, in the metrics, and for `doctor` in the store.
import type { MetaStore } from '#core';
import { ADDRESS_ODDITIES, type AddressOddity, AddressWatch, type IncomingRequest, TrustedProxies } from '#wire';
import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import type { House } from './house.ts';
import { describeFault } from './observer.ts';

const WARNINGS: Record<AddressOddity, (address: string) => string> = {
  unbelieved: (address) =>
    `${address} sends forwarding headers but is not in trustedProxies: if it is a proxy of yours, all its clients count as one`,
  single: (address) =>
    `every request seems to come from ${address}: if a proxy stands before the server, name it in trustedProxies and let it send X-Forwarded-For`,
};

/** Under this name the store remembers an oddity until the next start. */
const factOf = (oddity: AddressOddity): string => `client-address.${oddity}`;

/** The warnings of the server that runs, or ran last. */
export async function addressWarnings(meta: Pick<MetaStore, 'get'>): Promise<readonly string[]> {
  const texts = await Promise.all(ADDRESS_ODDITIES.map((oddity) => meta.get(factOf(oddity))));
  return texts.filter((text) => text !== undefined && text !== '') as readonly string[];
}

/** Forgets the warnings of an earlier start, and gives back what looks at every request. */
export async function warningOfAddresses(
  { config, stores }: House,
  log: Logger,
  registry: Registry | undefined,
): Promise<(request: IncomingRequest) => void> {
  const watch = new AddressWatch(new TrustedProxies(config.trustedProxies));
  const gauge = registry && gaugeIn(registry);
  if ((await addressWarnings(stores.meta)).length > 0)
    for (const oddity of ADDRESS_ODDITIES) await stores.meta.set(factOf(oddity), '');
  return (request) => {
    const oddity = watch.look(request);
    if (oddity === undefined) return;
    const text = WARNINGS[oddity](request.source.address);
    log.warn({ oddity }, text);
    gauge?.set({ oddity }, 1);
    stores.meta
      .set(factOf(oddity), text)
      .catch((fault: unknown) => log.error({ fault: describeFault(fault) }, 'a warning could not be kept'));
  };
}

function gaugeIn(registry: Registry): Gauge<'oddity'> {
  const gauge = new Gauge({
    name: 'understudy_client_address_odd',
    help: '1 once client addresses cannot be right: forwarding headers nobody believes (unbelieved), or one source for all requests (single).',
    labelNames: ['oddity'],
    registers: [registry],
  });
  for (const oddity of ADDRESS_ODDITIES) gauge.set({ oddity }, 0);
  return gauge;
}
