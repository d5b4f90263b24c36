// A program of the operator's that takes messages by webhook, as one that hands them to an SMS provider would.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A message as it arrived. */
export interface Arrived {
  readonly channel: string;
  readonly to: string;
  readonly name: string;
  readonly text: string;
  readonly values: { readonly code?: string };
}

/** Takes messages until it is closed. */
export class MessageDouble {
  readonly arrived: Arrived[] = [];
  /** What it answers: anything but 2xx refuses the message. */
  status = 200;
  readonly #server = createServer((request, response) => {
    void json(request).then((body) => {
      if (this.status === 200) this.arrived.push(body as Arrived);
      response.writeHead(this.status).end();
    });
  });

  /** Settings of a server that hands its short messages to it. */
  async open(): Promise<Readonly<Record<string, unknown>>> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      'couriers.sms': 'webhook',
      'couriers.webhook.url': `http://127.0.0.1:${port}/messages`,
      'couriers.webhook.secret': 'made-up-secret-of-the-operators-webhook',
    };
  }

  /** The code that was sent last to the number. */
  codeFor(mobile: string): string {
    return this.arrived.findLast(({ to }) => to.endsWith(mobile))?.values.code ?? 'none';
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
