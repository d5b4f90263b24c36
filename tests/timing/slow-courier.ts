// A courier that takes two seconds over every message: whoever waited for it would be found out at once.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const DELAY_MS = 2000;

/** Takes what the courier `webhook` posts. */
export class SlowCourier {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<SlowCourier> {
    const server = createServer((request, response) => {
      request.resume();
      setTimeout(() => response.writeHead(204).end(), DELAY_MS);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SlowCourier(server);
  }

  /** Settings under which every message goes here, and as many as one likes. */
  get settings(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      UNDERSTUDY_COURIERS_SMS: 'webhook',
      UNDERSTUDY_COURIERS_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      UNDERSTUDY_COURIERS_WEBHOOK_SECRET: 'a secret of thirty-two characters',
      UNDERSTUDY_CODES_SOURCE_PER_HOUR: '100000',
      UNDERSTUDY_CODES_SOURCE_LEAST_PERCENT: '0',
      UNDERSTUDY_CODES_SUBNET_PER_HOUR: '100000',
      UNDERSTUDY_CODES_PREFIX_PER_HOUR: '100000',
      UNDERSTUDY_CODES_PREFIX_LEAST_PERCENT: '0',
      UNDERSTUDY_CODES_TOTAL_PER_DAY: '100000',
      UNDERSTUDY_CODES_SPEND_PER_DAY: '100000000',
    };
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
