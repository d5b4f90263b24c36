// The one place where an AegisSpeed refusal or fault becomes an answer.
import type { Refusal } from '#core';
import { type Answer, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { AegisSpeedSettings } from './settings.ts';
import { TEXTS } from './texts.ts';
import { envelope, tokenless } from './writes.ts';

type Words = RefusalAnswer<AegisSpeedSettings>;

const answer = (status: number, code: string, text: Text): Words => {
  return (refusal, reply) => envelope({ status, code, result: tell(text, refusal, reply) });
};

/** For the call whose page shows no token. */
const plain = (status: number, code: string, text: Text): Words => {
  return (refusal, reply) => tokenless({ status, code, result: tell(text, refusal, reply) });
};

function tell(text: Text, { detail }: Refusal, { locale }: Reply<AegisSpeedSettings>): string {
  return say(text, locale, { seconds: detail.retryAfterSeconds ?? 1, limit: detail.limit ?? 0 });
}

// oxfmt-ignore
const MALFORMED: Readonly<Record<string, Words>> = {
  'id_number':        answer(400, '10001', TEXTS.invalidIdNumber),
  'profile.nickname': answer(400, '10002', TEXTS.invalidName),
  'mobile':           answer(400, '10003', TEXTS.invalidPhoneNumber),
  'email':            answer(400, '10004', TEXTS.invalidEmail),
};

// oxfmt-ignore
const TAKEN: Readonly<Record<string, Words>> = {
  'id_number': answer(409, '10005', TEXTS.idNumberTaken),
  'mobile':    answer(409, '10006', TEXTS.phoneNumberTaken),
  'email':     answer(409, '10007', TEXTS.emailTaken),
};

const wrongPassword = answer(401, '10001', TEXTS.invalidCredentials);
const endpointClosed = answer(403, '10003', TEXTS.endpointClosed);

/** What no endpoint words otherwise. The code stays among those every login documents, the text may say more. */
// oxfmt-ignore
export const refusals: RefusalTable<AegisSpeedSettings> = {
  absent:                        endpointClosed,
  busy:                          answer(503, '10004', TEXTS.busy),
  challenge:                     answer(401, '10001', TEXTS.challengeDue),
  closed:                        endpointClosed,
  conflict:                      answer(409, '10001', TEXTS.userExists),
  expired:                       answer(401, '10001', TEXTS.codeExpired),
  forbidden:                     answer(401, '10001', TEXTS.notAllowed),
  malformed:                     answer(400, '10001', TEXTS.invalidParameters),
  mismatch:                      wrongPassword,
  throttled:                     answer(429, '10001', TEXTS.throttled),
  unauthenticated:               answer(401, '10001', TEXTS.tokenInvalid),
  unknown:                       answer(401, '10002', TEXTS.userUnknown),
  'account.disabled':            answer(401, '10001', TEXTS.accountDisabled),
  'account.password-change-due': answer(401, '10001', TEXTS.passwordChangeDue),
  'account.pending':             answer(401, '10001', TEXTS.accountPending),
  'origin.foreign':              endpointClosed,
  'transport.insecure':          endpointClosed,
};

/** The user login has no code for an id number that cannot be one: it is nobody's. */
// oxfmt-ignore
export const userLoginRefusals: Partial<RefusalTable<AegisSpeedSettings>> = {
  'identifier.malformed': answer(401, '10002', TEXTS.userUnknown),
  'password.common':      wrongPassword,
  'password.malformed':   wrongPassword,
  'password.too-long':    wrongPassword,
  'password.too-short':   wrongPassword,
};

// oxfmt-ignore
export const adminLoginRefusals: Partial<RefusalTable<AegisSpeedSettings>> = {
  malformed:              answer(400, '10006', TEXTS.invalidAegisSpeedId),
  'account.role-missing': answer(401, '10007', TEXTS.notAdmin),
  'password.common':      answer(400, '10005', TEXTS.invalidAdminPassword),
  'password.malformed':   answer(400, '10005', TEXTS.invalidAdminPassword),
  'password.too-long':    answer(400, '10005', TEXTS.invalidAdminPassword),
  'password.too-short':   answer(400, '10005', TEXTS.invalidAdminPassword),
};

const badPassword = answer(400, '10001', TEXTS.invalidPassword);
const tooShort = answer(400, '10001', TEXTS.passwordTooShort);

/** Every field has codes of its own here; only a password has none. */
// oxfmt-ignore
export const registrationRefusals: Partial<RefusalTable<AegisSpeedSettings>> = {
  absent:                answer(403, '10008', TEXTS.endpointClosed),
  busy:                  answer(503, '10009', TEXTS.busy),
  closed:                answer(403, '10008', TEXTS.endpointClosed),
  conflict:              byField(TAKEN, answer(409, '10005', TEXTS.userExists)),
  malformed:             byField(MALFORMED, answer(400, '10001', TEXTS.invalidParameters)),
  throttled:             answer(429, '10009', TEXTS.tooManyRegistrations),
  'origin.foreign':      answer(403, '10008', TEXTS.endpointClosed),
  'password.common':     answer(400, '10001', TEXTS.passwordTooCommon),
  'password.malformed':  badPassword,
  'password.too-long':   badPassword,
  'password.too-short':  (refusal, reply) => (refusal.detail.limit === undefined ? badPassword : tooShort)(refusal, reply),
  'transport.insecure':  answer(403, '10008', TEXTS.endpointClosed),
};

/** The words of the field a refusal is about, else the others. */
function byField(words: Readonly<Record<string, Words>>, others: Words): Words {
  return (refusal: Refusal, reply) => (words[refusal.detail.field ?? ''] ?? others)(refusal, reply);
}

/** The page of this call shows no token, and three codes of its own. */
// oxfmt-ignore
export const infoRefusals: RefusalTable<AegisSpeedSettings> = {
  absent:               plain(403, '10002', TEXTS.endpointClosed),
  busy:                 plain(503, '10003', TEXTS.busy),
  challenge:            plain(401, '10001', TEXTS.challengeDue),
  closed:               plain(403, '10002', TEXTS.endpointClosed),
  conflict:             plain(409, '10001', TEXTS.userExists),
  expired:              plain(401, '10001', TEXTS.tokenInvalid),
  forbidden:            plain(401, '10001', TEXTS.notAllowed),
  malformed:            plain(400, '10001', TEXTS.invalidParameters),
  mismatch:             plain(401, '10001', TEXTS.tokenInvalid),
  throttled:            plain(429, '10001', TEXTS.throttled),
  unauthenticated:      plain(401, '10001', TEXTS.tokenInvalid),
  unknown:              plain(401, '10001', TEXTS.tokenInvalid),
  'origin.foreign':     plain(403, '10002', TEXTS.endpointClosed),
  'transport.insecure': plain(403, '10002', TEXTS.endpointClosed),
};

/** The answer to anything unforeseen, but for the calls that document another. */
export function fault({ locale }: Reply<AegisSpeedSettings>): Answer {
  return envelope({ status: 500, code: '10004', result: say(TEXTS.internalError, locale) });
}

export function registrationFault({ locale }: Reply<AegisSpeedSettings>): Answer {
  return envelope({ status: 500, code: '10009', result: say(TEXTS.registrationFailed, locale) });
}

export function infoFault({ locale }: Reply<AegisSpeedSettings>): Answer {
  return tokenless({ status: 500, code: '10003', result: say(TEXTS.infoFailed, locale) });
}
