// What ShopXO answers when all is well.
import { type JsonObject, type OutcomeOf, Secret } from '#core';
import type { Answer, Reply } from '#wire';
import { bareEnvelope, envelope } from './envelope.ts';
import { readableParameters, tokenIn } from './parameters.ts';
import { payloadV2 } from './payload-v2.ts';
import { payloadV6 } from './payload-v6.ts';
import { type Holding, type Person, personOf } from './person.ts';
import type { ShopxoSettings } from './settings.ts';
import { tell, TEXTS } from './texts.ts';

type Payload = (person: Person, reply: Reply<ShopxoSettings>) => JsonObject;

const PAYLOADS: Readonly<Record<ShopxoSettings['profile'], Payload>> = { v2: payloadV2, v6: payloadV6 };

export function writeLogin(
  { account, session }: OutcomeOf<'signInWithPassword'>,
  reply: Reply<ShopxoSettings>,
): Answer {
  return envelope(tell(TEXTS.loginSuccessful, reply), 0, payloadOf({ account, token: session.token }, reply));
}

/** Whoever has registered is signed in. */
export function writeRegistration({ account, session }: OutcomeOf<'signUp'>, reply: Reply<ShopxoSettings>): Answer {
  return envelope(tell(TEXTS.registered, reply), 0, payloadOf({ account, token: session.token }, reply));
}

/** The account as it is now, with the token that was sent. */
export function writeAccount(outcome: OutcomeOf<'describeAccount'>, reply: Reply<ShopxoSettings>): Answer {
  return envelope(tell(TEXTS.success, reply), 0, ownPayload(outcome, reply));
}

/** What the current clients draw on the cart of whoever looks at their own page, without asking whether it came. */
const EMPTY_CART = { cart_total: { buy_number: 0 } };

export function writeCenter(outcome: OutcomeOf<'describeAccount'>, reply: Reply<ShopxoSettings>): Answer {
  const cart = reply.settings.profile === 'v6' ? EMPTY_CART : {};
  return envelope(tell(TEXTS.success, reply), 0, { ...ownPayload(outcome, reply), ...cart });
}

export function writeReset(_: OutcomeOf<'resetPassword'>, reply: Reply<ShopxoSettings>): Answer {
  return bareEnvelope(tell(TEXTS.done, reply), 0, reply);
}

export function writeLogout(_: OutcomeOf<'signOut'>, reply: Reply<ShopxoSettings>): Answer {
  return bareEnvelope(tell(TEXTS.loggedOut, reply), 0, reply);
}

/** What a client must know to draw its forms; the rest of the original's configuration is the shop's. */
export function writeBaseCommon({ isChallengeDue }: OutcomeOf<'describeSignIn'>, reply: Reply<ShopxoSettings>): Answer {
  const pictureState = isChallengeDue ? 1 : 0;
  return envelope(tell(TEXTS.success, reply), 0, {
    // Clients wait for this 1 before they draw anything.
    status: 1,
    config: {
      common_img_verify_state: pictureState,
      home_user_login_type: reply.settings.loginTypes,
      home_user_login_img_verify_state: pictureState,
      home_user_reg_type: reply.settings.registerTypes,
      home_user_register_img_verify_state: pictureState,
      common_user_verify_bind_mobile_list: [],
      common_user_onekey_bind_mobile_list: [],
    },
  });
}

/** The one answer that is no envelope. */
export function writePicture({ picture }: OutcomeOf<'showPicture'>): Answer {
  return { status: 200, contentType: 'image/png', body: '', bytes: picture };
}

/** That a code is on its way. */
export function writeSent(_: OutcomeOf<'sendCode'>, reply: Reply<ShopxoSettings>): Answer {
  return bareEnvelope(tell(TEXTS.codeSent, reply), 0, reply);
}

function ownPayload({ account }: OutcomeOf<'describeAccount'>, reply: Reply<ShopxoSettings>): JsonObject {
  const token = tokenIn(reply.request, readableParameters(reply.request)) ?? new Secret('');
  return payloadOf({ account, token }, reply);
}

function payloadOf(holding: Holding, reply: Reply<ShopxoSettings>): JsonObject {
  return PAYLOADS[reply.settings.profile](personOf(holding, reply), reply);
}
