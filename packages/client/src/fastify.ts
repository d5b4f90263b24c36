// Protects the routes of a Fastify application.
import type { FastifyInstance } from 'fastify';

import { type Protection, judge } from './judge.ts';
import type { VerifiedAccount } from './verified-account.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined on a route that nothing protects. */
    account?: VerifiedAccount;
  }
}

/**
 * A plugin that lets requests with a good token pass, for every route of the scope it is registered in.
 * An outage of the login server is logged by the request's logger, and answered with 503.
 *
 * @example
 * await app.register(protect, { introspector });
 * app.get('/orders', (request) => ordersOf(accountOf(request).id));
 */
export const protect = Object.assign(
  async (app: FastifyInstance, protection: Protection): Promise<void> => {
    if (!app.hasRequestDecorator('account')) app.decorateRequest('account');
    app.addHook('onRequest', async (request, reply) => {
      const verdict = await judge(request.headers.authorization, protection);
      if ('account' in verdict) {
        request.account = verdict.account;
        return undefined;
      }
      if ('outage' in verdict) request.log.error({ err: verdict.outage }, 'a token could not be verified');
      const { status, headers, body } = verdict.refused;
      return reply.code(status).headers(headers).send(body);
    });
  },
  // The hook belongs to the scope that registers the plugin, not to one of its own.
  { [Symbol.for('skip-override')]: true },
);
