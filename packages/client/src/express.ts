// Protects the routes of an Express application.
import type { RequestHandler } from 'express';

import { type Protection, judge } from './judge.ts';
import type { VerifiedAccount } from './verified-account.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- the place Express has for this
  namespace Express {
    interface Request {
      /** Undefined on a route that nothing protects. */
      account?: VerifiedAccount;
    }
  }
}

/** What protects in Express. */
export interface ExpressProtection extends Protection {
  /** Hears why a token could not be verified; otherwise it is printed, as Express prints errors. */
  readonly onOutage?: (reason: unknown) => void;
}

/**
 * A handler that lets requests with a good token pass.
 * An outage of the login server is answered with 503.
 *
 * @example
 * app.use('/orders', protect({ introspector }));
 * app.get('/orders', (request, response) => response.json(ordersOf(accountOf(request).id)));
 */
export function protect({ onOutage = print, ...protection }: ExpressProtection): RequestHandler {
  return async (request, response, next) => {
    const verdict = await judge(request.headers.authorization, protection);
    if ('account' in verdict) {
      request.account = verdict.account;
      return next();
    }
    if ('outage' in verdict) onOutage(verdict.outage);
    const { status, headers, body } = verdict.refused;
    return void response.status(status).set(headers).send(body);
  };
}

function print(reason: unknown): void {
  // oxlint-disable-next-line no-console -- there is no other place
  console.error(reason);
}
