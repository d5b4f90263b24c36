// The one place where an AegisSpeed refusal or fault becomes an answer.
import { type Answer, type RefusalAnswer, type RefusalTable, type Reply, say, type Text } from '#wire';
import type { AegisSpeedSettings } from './settings.ts';
import { TEXTS } from './texts.ts';
import { envelope } from './writes.ts';

type Words = RefusalAnswer<AegisSpeedSettings>;

function answer(status: number, code: string, text: Text): Words {
  return ({ detail }, { locale }) =>
    envelope({ status, code, result: say(text, locale, { seconds: detail.retryAfterSeconds ?? 1 }) });
}

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
  'password.malformed':   wrongPassword,
  'password.too-long':    wrongPassword,
  'password.too-short':   wrongPassword,
};

// oxfmt-ignore
export const adminLoginRefusals: Partial<RefusalTable<AegisSpeedSettings>> = {
  malformed:              answer(400, '10006', TEXTS.invalidAegisSpeedId),
  'account.role-missing': answer(401, '10007', TEXTS.notAdmin),
  'password.malformed':   answer(400, '10005', TEXTS.invalidAdminPassword),
  'password.too-long':    answer(400, '10005', TEXTS.invalidAdminPassword),
  'password.too-short':   answer(400, '10005', TEXTS.invalidAdminPassword),
};

/** The one answer to anything unforeseen. */
export function fault({ locale }: Reply<AegisSpeedSettings>): Answer {
  return envelope({ status: 500, code: '10004', result: say(TEXTS.internalError, locale) });
}
