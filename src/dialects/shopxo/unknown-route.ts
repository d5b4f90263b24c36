// What ShopXO answers to a call that is not served here.
import type { Refusal } from '#core';
import type { Answer, Reply } from '#wire';
import { bareEnvelope, failure } from './envelope.ts';
import type { ShopxoSettings } from './settings.ts';
import { tell, TEXTS } from './texts.ts';
import { isOurs, type Route, routeOf } from './url-forms.ts';

/** The controllers of the original's API, over both generations: whoever calls them is told to sign in. */
// oxfmt-ignore
const SHOP = new Set([
  'agreement', 'answer', 'article', 'attachmentapi', 'banner', 'buy', 'cart', 'cashier', 'crontab', 'customview', 'design',
  'devtest', 'diy', 'diyapi', 'forminput', 'forminputdata', 'goods', 'index', 'message', 'navigation', 'order',
  'orderaftersale', 'ordernotify', 'paylog', 'personal', 'plugins', 'region', 'safety', 'search', 'ueditor', 'useraddress',
  'usergoodsbrowse', 'usergoodscomments', 'usergoodsfavor', 'userintegral',
]);

const LONGEST_NAME = 64;

/** Words `route.unknown`. */
export function unknownRoute(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const { closedReason } = reply.settings;
  if (closedReason !== '') return bareEnvelope(closedReason, -10000, reply);
  const route = routeOf(reply.request);
  if (route === undefined) return failure(TEXTS.typeWrong, -1, reply);
  if (needsSignIn(route)) return failure(TEXTS.signInInvalid, -400, reply);
  const [text, name] = isOurs(route)
    ? [TEXTS.actionUnknown, route.action]
    : [TEXTS.controllerUnknown, route.controller];
  return bareEnvelope(tell(text, reply, { name: name.slice(0, LONGEST_NAME).toWellFormed() }), -1000, reply);
}

function needsSignIn({ controller, action }: Route): boolean {
  return SHOP.has(controller) || (controller === 'user' && action === 'center');
}
