// What AegisSpeed answers: one envelope of five keys, whose status is the HTTP status.
import { type JsonObject, maskIdNumber, type OutcomeOf, type Secret, shownIdentifier } from '#core';
import { type Answer, json, type Reply, say } from '#wire';
import type { AegisSpeedSettings } from './settings.ts';
import { TEXTS } from './texts.ts';

/** What varies from answer to answer. */
interface Content {
  readonly status: number;
  readonly code: string;
  readonly result: string;
  readonly token?: string;
  readonly data?: JsonObject;
}

/** The envelope of every answer, its keys in the document's order. */
export function envelope({ status, code, result, token = '', data = {} }: Content): Answer {
  return json({ status, token, code, result, data }, status);
}

/** The envelope of the calls about a user's data, whose page shows no token. */
export function tokenless({ status, code, result, data = {} }: Omit<Content, 'token'>): Answer {
  return json({ status, code, result, data }, status);
}

type SignedIn = OutcomeOf<'signInWithPassword'>;

export function writeUserLogin(outcome: SignedIn, reply: Reply<AegisSpeedSettings>): Answer {
  return loggedIn(outcome, reply, {});
}

export function writeAdminLogin(outcome: SignedIn, reply: Reply<AegisSpeedSettings>): Answer {
  return loggedIn(outcome, reply, { user_id: shownUserId(outcome.disclosed.id_number, reply.settings) });
}

export function writeRegistration(outcome: OutcomeOf<'signUp'>, { locale }: Reply<AegisSpeedSettings>): Answer {
  const { account, disclosed, session } = outcome;
  return envelope({
    status: 200,
    code: '10000',
    result: say(TEXTS.registered, locale),
    token: session.token.reveal(),
    data: { user_id: masked(disclosed.id_number), user_name: account.profile.nickname ?? '' },
  });
}

export function writeInfo(outcome: OutcomeOf<'describeAccount'>, { locale }: Reply<AegisSpeedSettings>): Answer {
  const { account, disclosed } = outcome;
  const data = {
    user_id: masked(disclosed.id_number),
    user_name: account.profile.nickname ?? shownIdentifier(account, 'username') ?? '',
    user_phone_number: maskPhoneNumber(shownIdentifier(account, 'mobile') ?? ''),
    user_email: maskEmail(shownIdentifier(account, 'email') ?? ''),
    user_AegisSpeed_id: shownIdentifier(account, 'aegisspeed_id') ?? '',
    roles: account.roles,
  };
  return tokenless({ status: 200, code: '10000', result: say(TEXTS.infoFound, locale), data });
}

export function writeLogout(_: OutcomeOf<'signOut'>, { locale }: Reply<AegisSpeedSettings>): Answer {
  return envelope({ status: 200, code: '10000', result: say(TEXTS.loggedOut, locale) });
}

const masked = (idNumber: Secret | undefined): string =>
  idNumber === undefined ? '' : maskIdNumber(idNumber.reveal());

/** Without the country: first three, four stars, last four. */
function maskPhoneNumber(mobile: string): string {
  const digits = mobile.replace(/^\+86/, '');
  return digits.replace(/^(\+?\d{3}).*(\d{4})$/, '$1****$2');
}

/** First character, three stars, and the domain. */
function maskEmail(email: string): string {
  return email.replace(/^(.).*@/, '$1***@');
}

function loggedIn({ session }: SignedIn, { locale }: Reply<AegisSpeedSettings>, data: JsonObject): Answer {
  const result = say(TEXTS.loginSuccessful, locale);
  return envelope({ status: 200, code: '10000', result, token: session.token.reveal(), data });
}

/** As in the document's example: first three, eleven stars, last four. An administrator need not have a number. */
function shownUserId(idNumber: Secret | undefined, { adminLogin }: AegisSpeedSettings): string {
  return adminLogin.fullUserId ? (idNumber?.reveal() ?? '') : masked(idNumber);
}
