// What AegisSpeed answers: one envelope of five keys, whose status is the HTTP status.
import { type JsonObject, maskIdNumber, type OutcomeOf, type Secret } from '#core';
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

type SignedIn = OutcomeOf<'signInWithPassword'>;

export function writeUserLogin(outcome: SignedIn, reply: Reply<AegisSpeedSettings>): Answer {
  return loggedIn(outcome, reply, {});
}

export function writeAdminLogin(outcome: SignedIn, reply: Reply<AegisSpeedSettings>): Answer {
  return loggedIn(outcome, reply, { user_id: shownUserId(outcome.disclosed.id_number, reply.settings) });
}

function loggedIn({ session }: SignedIn, { locale }: Reply<AegisSpeedSettings>, data: JsonObject): Answer {
  const result = say(TEXTS.loginSuccessful, locale);
  return envelope({ status: 200, code: '10000', result, token: session.token.reveal(), data });
}

/** As in the document's example: first three, eleven stars, last four. An administrator need not have a number. */
function shownUserId(idNumber: Secret | undefined, { adminLogin }: AegisSpeedSettings): string {
  if (idNumber === undefined) return '';
  return adminLogin.fullUserId ? idNumber.reveal() : maskIdNumber(idNumber.reveal());
}
