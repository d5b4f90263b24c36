// What ShopXO answers when all is well.
import type { JsonObject, OutcomeOf } from '#core';
import type { Answer, Reply } from '#wire';
import { bareEnvelope, envelope } from './envelope.ts';
import { payloadV2 } from './payload-v2.ts';
import { payloadV6 } from './payload-v6.ts';
import { type Person, personOf } from './person.ts';
import type { ShopxoSettings } from './settings.ts';
import { tell, TEXTS } from './texts.ts';

type Payload = (person: Person, reply: Reply<ShopxoSettings>) => JsonObject;

const PAYLOADS: Readonly<Record<ShopxoSettings['profile'], Payload>> = { v2: payloadV2, v6: payloadV6 };

export function writeLogin(outcome: OutcomeOf<'signInWithPassword'>, reply: Reply<ShopxoSettings>): Answer {
  const payload = PAYLOADS[reply.settings.profile](personOf(outcome, reply), reply);
  return envelope(tell(TEXTS.loginSuccessful, reply), 0, payload);
}

/** What a client must know to draw its sign-in form; the rest of the original's configuration is the shop's. */
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
