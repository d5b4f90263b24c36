// Derives the client's address: from the socket, or from a proxy the operator trusts; never from what a client claims.
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { Source } from '#core';

/** Proxies whose forwarding headers count. */
export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #isEmpty: boolean;

  /** Addresses or CIDR blocks. @throws TypeError naming the entry that is neither */
  constructor(entries: readonly string[]) {
    this.#isEmpty = entries.length === 0;
    for (const entry of entries) this.#add(entry);
  }

  /** Whether the address is one of them. */
  includes(address: string): boolean {
    return !this.#isEmpty && this.#list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }

  #add(entry: string): void {
    const [address = '', prefix] = entry.split('/');
    const version = isIP(address);
    const widest = version === 4 ? 32 : 128;
    const bits = prefix === undefined ? widest : Number(prefix);
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > widest)
      throw new TypeError(`not an address or CIDR block: ${entry}`);
    this.#list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
  }
}

/** What derives an address. */
export interface Hops {
  /** The socket's peer. */
  readonly peer: string;
  readonly forwardedFor: string | undefined;
  readonly trusted: TrustedProxies;
}

/** The right-most hop nobody we trust stands for; the last trusted one when the list runs out or is unreadable. */
export function clientAddress({ peer, forwardedFor, trusted }: Hops): string {
  let client = canonicalAddress(peer) ?? 'unknown';
  if (forwardedFor === undefined || !trusted.includes(client)) return client;
  for (const hop of forwardedFor.split(',').toReversed().slice(0, 32)) {
    const address = canonicalAddress(hop);
    if (address === undefined) return client;
    client = address;
    if (!trusted.includes(address)) return client;
  }
  return client;
}

/** One spelling per address: IPv4-mapped ones as IPv4, no zone, no port, no brackets, IPv6 compressed in lower case (RFC 5952). */
export function canonicalAddress(text: string): string | undefined {
  const bare = withoutPort(text.trim()).replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (isIP(bare) !== 6) return undefined;
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  return mapped === null ? address : ipv4Of(mapped);
}

function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

function ipv4Of([, high = '', low = '']: readonly string[]): string {
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** The buckets attempts from the address are counted in. */
export function sourceOf(address: string): Source {
  if (isIPv4(address))
    return { address, bucket: address, subnet: `${address.slice(0, address.lastIndexOf('.'))}.0/24` };
  if (isIP(address) !== 6) return { address, bucket: address, subnet: address };
  const groups = expand(address);
  return { address, bucket: `${groups.slice(0, 4).join(':')}::/64`, subnet: `${groups.slice(0, 3).join(':')}::/48` };
}

/** Eight groups without leading zeros. */
function expand(address: string): readonly string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}
