// Recognises addresses and networks in their textual form.
import { isIP } from 'node:net';

const PREFIX = /^(?<address>[^/]+)\/(?<bits>0|[1-9]\d{0,2})$/;

/** An IPv4 or IPv6 address, or a network in CIDR notation. */
export function isAddressOrNetwork(text: string): boolean {
  const { address, bits } = PREFIX.exec(text)?.groups ?? {};
  if (address === undefined) return isIP(text) !== 0 && !text.includes('%');
  const family = isIP(address);
  return family !== 0 && !address.includes('%') && Number(bits) <= (family === 4 ? 32 : 128);
}

/** A host that only this machine can reach: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
