// Somebody else's HTTP server for a test: keeps what it is sent, and answers as it is told.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer; `never` leaves the client waiting. */
export type ProviderReply =
  | 'never'
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

/** A provider that is running until the test is over. */
export interface Provider {
  readonly url: string;
  readonly arrived: readonly Arrived[];
}

/** Starts one on a free port of the loopback address. */
export async function startProvider(reply: (request: Arrived) => ProviderReply): Promise<Provider> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(parts).toString() };
      arrived.push(one);
      const answer = reply(one);
      if (answer !== 'never') response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}
