// The one place where a weidu refusal or fault becomes an answer. Clients switch on `code` and read it under HTTP 200.
import { type Answer, json, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { WeiduSettings } from './settings.ts';
import { TEXTS } from './texts.ts';

type Words = RefusalAnswer<WeiduSettings>;

const INVALID_PARAMS = 4000;
/** Nobody may sign in to this account now, whatever they know: too many failures, or switched off by the operator. */
const LOCKED = 40021;

function answer(code: number, text: Text, status = 200): Words {
  return ({ detail }, { locale }) =>
    json(
      { code, result: say(text, locale, { seconds: detail.retryAfterSeconds ?? 1, field: detail.field ?? 'body' }) },
      status,
    );
}

const invalidParams = answer(INVALID_PARAMS, TEXTS.invalidParams);
const passwordWrong = answer(40013, TEXTS.passwordWrong);
const passwordUnfit: Words = (_, { locale }) =>
  json({ code: INVALID_PARAMS, result: say(TEXTS.invalidParams, locale, { field: 'password' }) });
const codeWrong = answer(40018, TEXTS.codeWrong);

// oxfmt-ignore
export const refusals: RefusalTable<WeiduSettings> = {
  absent:                        answer(INVALID_PARAMS, TEXTS.endpointUnknown),
  busy:                          answer(500, TEXTS.busy, 503),
  challenge:                     answer(40020, TEXTS.challengeWrong),
  closed:                        answer(INVALID_PARAMS, TEXTS.endpointClosed),
  conflict:                      answer(INVALID_PARAMS, TEXTS.taken),
  expired:                       codeWrong,
  forbidden:                     answer(LOCKED, TEXTS.notAllowed),
  malformed:                     invalidParams,
  mismatch:                      passwordWrong,
  throttled:                     answer(LOCKED, TEXTS.tooFrequent),
  unauthenticated:               answer(1000, TEXTS.notSignedIn),
  unknown:                       passwordWrong,
  'account.disabled':            answer(LOCKED, TEXTS.accountDisabled),
  'account.password-change-due': answer(LOCKED, TEXTS.passwordChangeDue),
  'account.pending':             answer(LOCKED, TEXTS.accountPending),
  'code.mismatch':               codeWrong,
  'origin.foreign':              answer(INVALID_PARAMS, TEXTS.originForeign),
  'password.malformed':          passwordUnfit,
  'password.too-long':           passwordUnfit,
  'password.too-short':          passwordUnfit,
  'throttle.account':            answer(LOCKED, TEXTS.accountLocked),
  'transport.insecure':          answer(INVALID_PARAMS, TEXTS.transportInsecure),
};

/** The one answer to anything unforeseen. */
export function fault({ locale }: Reply<WeiduSettings>): Answer {
  return json({ code: 500, result: say(TEXTS.fault, locale) }, 500);
}
