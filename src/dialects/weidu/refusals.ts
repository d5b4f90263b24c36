// The one place where a weidu refusal or fault becomes an answer. Clients switch on `code` and read it under HTTP 200.
import type { RefusalDetail } from '#core';
import { type Answer, json, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { WeiduSettings } from './settings.ts';
import { TEXTS } from './texts.ts';

type Words = RefusalAnswer<WeiduSettings>;

const INVALID_PARAMS = 4000;
/** Nobody may sign in to this account now, whatever they know: too many failures, or switched off by the operator. */
const LOCKED = 40021;

function answer(code: number, text: Text, status = 200): Words {
  return ({ detail }, { locale }) => json({ code, result: say(text, locale, valuesOf(detail)) }, status);
}

function valuesOf({
  field = 'body',
  limit = 1,
  retryAfterSeconds: seconds = 1,
}: RefusalDetail): Record<string, string | number> {
  return { field, limit, seconds };
}

const invalidParams = answer(INVALID_PARAMS, TEXTS.invalidParams);
const passwordWrong = answer(40013, TEXTS.passwordWrong);
const passwordUnfit: Words = (_, { locale }) =>
  json({ code: INVALID_PARAMS, result: say(TEXTS.invalidParams, locale, { field: 'password' }) });
/** An empty one falls short of no limit: it was not given. */
const passwordShort: Words = (refusal, reply) =>
  (refusal.detail.limit === undefined ? passwordUnfit : answer(INVALID_PARAMS, TEXTS.passwordShort))(refusal, reply);
export const codeWrong = answer(40018, TEXTS.codeWrong);
const tooFrequent = answer(LOCKED, TEXTS.tooFrequent);

/** The document's minute is a matter of configuration, and so is its day. */
const codeTooSoon: Words = (refusal, reply) =>
  answer(40001, refusal.detail.limit === 60 ? TEXTS.codeTooSoon : TEXTS.codeSpaced)(refusal, reply);

const TOO_MANY_CODES: Readonly<Record<string, Words>> = {
  'destination-day': answer(40002, TEXTS.codesOfDay),
  'destination-hour': answer(40002, TEXTS.codesOfHour),
};
const tooManyCodes: Words = (refusal, reply) =>
  (TOO_MANY_CODES[refusal.detail.field ?? ''] ?? tooFrequent)(refusal, reply);

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
  throttled:                     tooFrequent,
  unauthenticated:               answer(1000, TEXTS.notSignedIn),
  unknown:                       passwordWrong,
  'account.disabled':            answer(LOCKED, TEXTS.accountDisabled),
  'account.password-change-due': answer(LOCKED, TEXTS.passwordChangeDue),
  'account.pending':             answer(LOCKED, TEXTS.accountPending),
  'code.mismatch':               codeWrong,
  'code.too-many':               tooManyCodes,
  'code.too-soon':               codeTooSoon,
  'courier.failed':              answer(40003, TEXTS.notSent),
  'identifier.malformed':        answer(40019, TEXTS.mobileInvalid),
  'origin.foreign':              answer(INVALID_PARAMS, TEXTS.originForeign),
  'password.common':             answer(INVALID_PARAMS, TEXTS.passwordCommon),
  'password.malformed':          passwordUnfit,
  'password.too-long':           passwordUnfit,
  'password.too-short':          passwordShort,
  'throttle.account':            answer(LOCKED, TEXTS.accountLocked),
  'transport.insecure':          answer(INVALID_PARAMS, TEXTS.transportInsecure),
};

/** The one answer to anything unforeseen. */
export function fault({ locale }: Reply<WeiduSettings>): Answer {
  return json({ code: 500, result: say(TEXTS.fault, locale) }, 500);
}
