// The one place where a ShopXO refusal or fault becomes an answer.
import type { Refusal, RefusalCode, RefusalKind } from '#core';
import type { Answer, RefusalAnswer, RefusalTable, Reply } from '#wire';
import { bareEnvelope, failure } from './envelope.ts';
import { typeByForm } from './identifiers.ts';
import { asText, readableParameters, wordOf } from './parameters.ts';
import { lacksPassword, typeOf } from './reads.ts';
import type { ShopxoSettings } from './settings.ts';
import { type ShopxoText, tell, TEXTS } from './texts.ts';
import { unknownRoute } from './unknown-route.ts';

type Words = RefusalAnswer<ShopxoSettings>;
type Refuses = Readonly<Partial<Record<RefusalKind | RefusalCode, Words>>>;

function answer(code: number, text: ShopxoText): Words {
  return ({ detail }, reply) => {
    const minutes = Math.ceil((detail.retryAfterSeconds ?? 1) / 60);
    return bareEnvelope(tell(text, reply, { minutes, limit: detail.limit ?? 1 }), code, reply);
  };
}

const passwordWrong = answer(-4, TEXTS.passwordWrong);

// oxfmt-ignore
export const refusals: RefusalTable<ShopxoSettings> = {
  absent:                        unknownRoute,
  busy:                          answer(-100, TEXTS.busy),
  challenge:                     answer(-10, TEXTS.pictureEmpty),
  closed:                        closedWith(TEXTS.loginClosed),
  conflict:                      identifierTaken,
  expired:                       answer(-10, TEXTS.codeExpired),
  forbidden:                     answer(-10, TEXTS.accountDisabled),
  malformed:                     malformedInput,
  mismatch:                      passwordWrong,
  throttled:                     answer(-4, TEXTS.throttled),
  unauthenticated:               answer(-400, TEXTS.signInInvalid),
  unknown:                       accountUnknown,
  'account.password-change-due': answer(-10, TEXTS.passwordChangeDue),
  'account.password-missing':    answer(-4, TEXTS.passwordMissing),
  'account.pending':             answer(-10, TEXTS.accountPending),
  'challenge.expired':           answer(-11, TEXTS.pictureExpired),
  'challenge.mismatch':          answer(-12, TEXTS.pictureWrong),
  'code.mismatch':               answer(-11, TEXTS.codeWrong),
  'identifier.malformed':        identifierMalformed,
  'origin.foreign':              answer(-1, TEXTS.originForeign),
  'password.common':             unfitPassword,
  'password.malformed':          unfitPassword,
  'password.too-long':           unfitPassword,
  'password.too-short':          unfitPassword,
  'transport.insecure':          answer(-1, TEXTS.transportInsecure),
};

/** Where somebody asks for a picture. */
export const pictureRefusals: Refuses = { throttled: answer(-100, TEXTS.picturesTooMany) };

/** Where somebody asks for a code. */
// oxfmt-ignore
export const sendingRefusals: Refuses = {
  'courier.failed': answer(-100, TEXTS.codeNotCarried),
  throttled:        answer(-100, TEXTS.codeTooSoon),
};

/** Where somebody asks for a code to register with. */
// oxfmt-ignore
export const registerCodeRefusals: Refuses = {
  ...sendingRefusals,
  closed:            closedWith(TEXTS.registerClosed),
  'input.malformed': lacking(['type', TEXTS.registerTypeWrong]),
};

/** Where somebody who has forgotten the password asks for a code: what kind of account is looked for shows in its form. */
export const resetCodeRefusals: Refuses = { ...sendingRefusals, unknown: destinationUnknown };

/** Where somebody sets a password. How long it has to be is a matter of configuration. */
// oxfmt-ignore
const newPasswordRefusals: Refuses = {
  throttled:            answer(-100, TEXTS.tooOften),
  'password.common':    answer(-1, TEXTS.passwordCommon),
  'password.malformed': answer(-1, TEXTS.passwordUnfit),
  'password.too-long':  answer(-1, TEXTS.passwordUnfit),
  'password.too-short': answer(-1, TEXTS.passwordShort),
};

/** Where somebody registers. */
// oxfmt-ignore
export const registrationRefusals: Refuses = {
  ...newPasswordRefusals,
  closed:                 closedWith(TEXTS.registerClosed),
  'account.pending':      answer(-110, TEXTS.accountPending),
  'identifier.malformed': newIdentifierMalformed,
  'input.malformed':      lacking(['pwd', TEXTS.passwordAbsent], ['type', TEXTS.registerTypeWrong], ['verify', TEXTS.codeAbsent]),
};

/** Where somebody sets a new password, having forgotten the old one. */
// oxfmt-ignore
export const resetRefusals: Refuses = {
  ...newPasswordRefusals,
  unknown:                destinationUnknown,
  'identifier.malformed': answer(-1, TEXTS.destinationForm),
  'input.malformed':      lacking(['pwd', TEXTS.passwordAbsent], ['verify', TEXTS.codeAbsent]),
};

/** What cannot be read lacks the account, which is the first thing the original asks for. */
function lacking(...fields: readonly (readonly [name: string, text: ShopxoText])[]): Words {
  const texts = new Map(fields);
  return ({ detail }, reply) => failure(texts.get(detail.field ?? '') ?? TEXTS.accountsMissing, -1, reply);
}

/** A name that only reads like another identifier has no text of its own. */
function newIdentifierMalformed(refusal: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const isName = refusal.detail.field === 'username';
  return isName ? failure(TEXTS.usernameForm, -2, reply) : identifierMalformed(refusal, reply);
}

/** Whatever cannot be read has no type, which is the first thing the original asks for. */
function malformedInput({ detail }: Refusal, reply: Reply<ShopxoSettings>): Answer {
  return failure(detail.field === 'accounts' ? TEXTS.accountsEmpty : TEXTS.typeWrong, -1, reply);
}

function identifierMalformed({ detail }: Refusal, reply: Reply<ShopxoSettings>): Answer {
  if (detail.field === 'username') return failure(TEXTS.codesUnsupported, -2, reply);
  return failure(detail.field === 'email' ? TEXTS.emailForm : TEXTS.mobileForm, -2, reply);
}

function identifierTaken(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const texts = { username: TEXTS.accountTaken, sms: TEXTS.mobileTaken, email: TEXTS.emailTaken };
  const name = wordOf(readableParameters(reply.request), 'accounts');
  return bareEnvelope(tell(texts[typeOf(reply.request) ?? 'username'], reply, { name }), -3, reply);
}

function accountUnknown(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const texts = { username: TEXTS.accountUnknown, sms: TEXTS.mobileUnknown, email: TEXTS.emailUnknown };
  return failure(texts[typeOf(reply.request) ?? 'username'], -3, reply);
}

function destinationUnknown(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  const accounts = asText(readableParameters(reply.request)['accounts']) ?? '';
  return failure(typeByForm(accounts) === 'email' ? TEXTS.emailUnknown : TEXTS.mobileUnknown, -3, reply);
}

function unfitPassword(_: Refusal, reply: Reply<ShopxoSettings>): Answer {
  return failure(lacksPassword(reply.request) ? TEXTS.passwordEmpty : TEXTS.passwordForm, -1, reply);
}

/** Either the operator closed this call, or the whole shop. */
function closedWith(text: ShopxoText): Words {
  return (_, reply) => {
    const { closedReason } = reply.settings;
    return closedReason === '' ? failure(text, -1, reply) : bareEnvelope(closedReason, -10000, reply);
  };
}

/** The one answer to anything unforeseen. */
export function fault(reply: Reply<ShopxoSettings>): Answer {
  return failure(TEXTS.signInInvalid, -100, reply);
}
