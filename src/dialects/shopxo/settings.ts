// The settings of the ShopXO dialect.
import { dialectSettings, type Static, Type } from '#wire';

const DAY_SECONDS = 24 * 60 * 60;

const profile = Type.Union([Type.Literal('v2'), Type.Literal('v6')], {
  default: 'v2',
  description: 'The generation of ShopXO that is spoken: `v2` is the documented one, `v6` the current one.',
});

const signInType = Type.Union([Type.Literal('username'), Type.Literal('sms'), Type.Literal('email')]);

const singleSession = Type.Union([Type.Literal('account'), Type.Literal('clientType'), Type.Literal('off')], {
  default: 'off',
  description: 'Whether a login ends the other sessions of the account: all, those of the same client type, or none.',
});

/** Schema, defaults and descriptions. */
export const settings = dialectSettings('zh', {
  profile,
  loginTypes: Type.Array(signInType, {
    default: ['username', 'sms', 'email'],
    description: 'The ways of signing in that are open; clients draw their form from this list.',
  }),
  registerTypes: Type.Array(signInType, {
    default: ['username', 'sms', 'email'],
    description:
      'The ways of registering that are open; clients draw their form from this list, and none for an empty one.',
  }),
  registerNeedsApproval: Type.Boolean({
    default: false,
    description: 'Whether the operator has to let in whoever registers (`account enable`) before they can sign in.',
  }),
  captcha: Type.Union([Type.Literal('always'), Type.Literal('afterFailures'), Type.Literal('never')], {
    default: 'afterFailures',
    description:
      'When a picture has to be read: for every login and code, once there were failures (`challenges.failures`), or never.',
  }),
  singleSession,
  tokenLifeSeconds: Type.Integer({
    default: 90 * DAY_SECONDS,
    minimum: 60,
    maximum: 365 * DAY_SECONDS,
    description: 'How long a token lives at most.',
  }),
  tokenIdleSeconds: Type.Integer({
    default: 30 * DAY_SECONDS,
    minimum: 60,
    maximum: 365 * DAY_SECONDS,
    description: 'How long a token lives without being used.',
  }),
  closedReason: Type.String({
    default: '',
    description: 'Closes the whole shop to API clients, who are told this; empty while it is open.',
  }),
});

export type ShopxoSettings = Static<typeof settings>;
