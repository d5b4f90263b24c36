// No single client may hold more than its share of connections.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { canonicalAddress, sourceOf, type TrustedProxies } from './source-address.ts';

/** Cuts connections beyond so many from one source; proxies we trust stand for many clients and are not counted. */
export function limitConnections(server: Server, most: number, trusted: TrustedProxies): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = canonicalAddress(socket.remoteAddress ?? '') ?? 'unknown';
    if (trusted.includes(address)) return;
    const { bucket } = sourceOf(address);
    const count = (open.get(bucket) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(bucket, count);
    socket.once('close', () => {
      const left = (open.get(bucket) ?? 1) - 1;
      if (left === 0) open.delete(bucket);
      else open.set(bucket, left);
    });
  });
}
