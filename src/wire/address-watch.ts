// Notices when client addresses cannot be right: then attempts of everybody are counted against one, or against nobody.
import type { IncomingRequest } from './incoming.ts';
import { TrustedProxies } from './source-address.ts';

/**
 * What is odd: `unbelieved` when a peer that is not trusted sends forwarding headers (a proxy that was left out of the list, or a client that lies);
 * `single` when all requests seem to come from one machine that is a proxy of ours or near us.
 */
export type AddressOddity = 'single' | 'unbelieved';

export const ADDRESS_ODDITIES: readonly AddressOddity[] = ['unbelieved', 'single'];

const FORWARDING_HEADERS = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'client-ip',
  'true-client-ip',
  'cf-connecting-ip',
];

/** Loopback, private, shared and link-local networks (RFC 6890). */
const NEAR = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
];

/** So many requests of one source in a row, without any other since the start, are no coincidence. */
const MANY = 1000;

type Seen = Pick<IncomingRequest, 'header' | 'isForwarded' | 'source'>;

/** Looks at every request; tells of each oddity once. */
export class AddressWatch {
  readonly #trusted: TrustedProxies;
  readonly #near = new TrustedProxies(NEAR);
  readonly #told = new Set<AddressOddity>();
  #only: string | undefined;
  #count = 0;

  constructor(trusted: TrustedProxies) {
    this.#trusted = trusted;
  }

  /** What shows for the first time with this request, if anything. */
  look(request: Seen): AddressOddity | undefined {
    if (!this.#told.has('unbelieved') && this.#isUnbelieved(request)) return this.#tell('unbelieved');
    if (!this.#told.has('single') && this.#isSingle(request)) return this.#tell('single');
    return undefined;
  }

  #tell(oddity: AddressOddity): AddressOddity {
    this.#told.add(oddity);
    return oddity;
  }

  #isUnbelieved(request: Seen): boolean {
    if (request.isForwarded || this.#trusted.includes(request.source.address)) return false;
    return FORWARDING_HEADERS.some((name) => request.header(name) !== undefined);
  }

  #isSingle({ source: { address, bucket } }: Seen): boolean {
    if (this.#count < 0) return false;
    this.#only ??= bucket;
    this.#count = bucket === this.#only ? this.#count + 1 : -1;
    return this.#count >= MANY && (this.#trusted.includes(address) || this.#near.includes(address));
  }
}
