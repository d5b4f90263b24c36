// What ShopXO answers to a call that is not served here.
import type { OutcomeOf, Refusal } from '#core';
import type { Answer, Reply } from '#wire';
import { bareEnvelope, failure } from './envelope.ts';
import { isController } from './original-routes.ts';
import type { ShopxoSettings } from './settings.ts';
import { tell, TEXTS } from './texts.ts';
import { routeOf } from './url-forms.ts';

const LONGEST_NAME = 64;

/** Words `route.unknown`: neither this server nor the original knows the call, or not by this method. */
export function unknownRoute(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const { closedReason } = reply.settings;
  return closedReason === '' ? illegalAccess(reply) : bareEnvelope(closedReason, -10000, reply);
}

/** A route of the original that is left out here, called by somebody who has signed in. */
export function writeLeftOut(_: OutcomeOf<'describeAccount'>, reply: Reply<ShopxoSettings>): Answer {
  return illegalAccess(reply);
}

/** Names what is missing: the action, or the controller already. */
function illegalAccess(reply: Reply<ShopxoSettings>): Answer {
  const route = routeOf(reply.request);
  if (route === undefined) return failure(TEXTS.typeWrong, -1, reply);
  const { action, controller } = route;
  const [text, name] = isController(controller) ? [TEXTS.actionUnknown, action] : [TEXTS.controllerUnknown, controller];
  return bareEnvelope(tell(text, reply, { name: name.slice(0, LONGEST_NAME).toWellFormed() }), -1000, reply);
}
