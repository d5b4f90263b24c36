// The one place where a NoBase refusal or fault becomes an answer.
import type { Refusal } from '#core';
import { type Answer, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { NoBaseSettings } from './settings.ts';
import { TEXTS } from './texts.ts';
import { envelope } from './writes.ts';

type Words = RefusalAnswer<NoBaseSettings>;

function answer(code: 400 | 500, text: Text): Words {
  return ({ detail }, { locale }) =>
    envelope(code, say(text, locale, { seconds: detail.retryAfterSeconds ?? 1, limit: detail.limit ?? 0 }));
}

const passwordWrong = answer(400, TEXTS.passwordWrong);
const passwordUnfit: Words = ({ detail }, { locale }) =>
  envelope(400, say(TEXTS.badParameter, locale, { field: detail.field ?? 'pass' }));
const tooShort = answer(400, TEXTS.passwordTooShort);

/** What the parameters are called that the core knows by other names. */
const PARAMETERS: Readonly<Record<string, string>> = {
  username: 'user',
  'profile.avatar': 'imag',
  'profile.nickname': 'nickname',
};

// oxfmt-ignore
export const refusals: RefusalTable<NoBaseSettings> = {
  absent:                        answer(400, TEXTS.endpointUnknown),
  busy:                          answer(500, TEXTS.busy),
  challenge:                     answer(400, TEXTS.challengeDue),
  closed:                        answer(400, TEXTS.endpointClosed),
  conflict:                      answer(400, TEXTS.accountTaken),
  expired:                       answer(400, TEXTS.codeExpired),
  forbidden:                     answer(400, TEXTS.notAllowed),
  malformed:                     badParameter,
  mismatch:                      passwordWrong,
  throttled:                     answer(400, TEXTS.throttled),
  unauthenticated:               answer(400, TEXTS.tokenInvalid),
  unknown:                       answer(400, TEXTS.accountUnknown),
  'account.disabled':            answer(400, TEXTS.accountDisabled),
  'account.password-change-due': answer(400, TEXTS.passwordChangeDue),
  'account.pending':             answer(400, TEXTS.accountPending),
  'app.method-closed':           answer(400, TEXTS.appGetClosed),
  'app.signature':               answer(400, TEXTS.appSignature),
  'app.stopped':                 answer(400, TEXTS.appStopped),
  'app.unknown':                 answer(400, TEXTS.appUnknown),
  'origin.foreign':              answer(400, TEXTS.originForeign),
  'password.common':             answer(400, TEXTS.passwordTooCommon),
  'password.malformed':          passwordUnfit,
  'password.too-long':           passwordUnfit,
  'password.too-short':          (refusal, reply) => (refusal.detail.limit === undefined ? passwordUnfit : tooShort)(refusal, reply),
  'registration.too-many':       answer(400, TEXTS.tooManyRegistrations),
  'transport.insecure':          answer(400, TEXTS.transportInsecure),
};

/** Names the parameter where it is known: one of the documented names, never a name the client made up. */
function badParameter(refusal: Refusal, { locale }: Reply<NoBaseSettings>): Answer {
  const { field } = refusal.detail;
  const text = field === undefined ? TEXTS.parameterError : TEXTS.badParameter;
  return envelope(400, say(text, locale, { field: PARAMETERS[field ?? ''] ?? field ?? '' }));
}

/** The one answer to anything unforeseen. */
export function fault({ locale }: Reply<NoBaseSettings>): Answer {
  return envelope(500, say(TEXTS.systemError, locale));
}
