// How AegisSpeed requests are read: a JSON object, field by field in the order in which they are answered; and a token in its header.
import {
  type AskOf,
  fitPassword,
  isIdNumber,
  type IdentifierClaim,
  normaliseIdentifier,
  type JsonValue,
  Refusal,
  type Secret,
  type SessionTerms,
} from '#core';
import { bearerIn, type Fields, type Reading, type WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import type { AegisSpeedSettings } from './settings.ts';

type Ask = AskOf<'signInWithPassword'>;

/** @throws Refusal `input.malformed` or `identifier.malformed` */
export function readUserLogin(request: WireRequest, reading: Reading<AegisSpeedSettings>): Ask {
  const fields = objectIn(request);
  return {
    claims: [claimOf('id_number', fields['user_id'])],
    password: passwordIn(fields, reading),
    session: termsIn(reading.settings),
    client: {},
  };
}

/** @throws Refusal `input.malformed` or `identifier.malformed` */
export function readAdminLogin(request: WireRequest, reading: Reading<AegisSpeedSettings>): Ask {
  const fields = objectIn(request);
  const { fullUserId, roles } = reading.settings.adminLogin;
  return {
    claims: [claimOf('aegisspeed_id', fields['user_AegisSpeed_id'])],
    password: passwordIn(fields, reading),
    session: termsIn(reading.settings),
    client: {},
    roles,
    discloses: ['id_number'],
    ...(fullUserId && { showsUnmasked: ['id_number'] as const }),
  };
}

/** A name is the nickname: no code exists for one that is taken. @throws Refusal `input.malformed` or `identifier.malformed` */
export function readRegistration(request: WireRequest, reading: Reading<AegisSpeedSettings>): AskOf<'signUp'> {
  const fields = objectIn(request);
  const idNumber = claimOf('id_number', fields['user_id']);
  if (!isIdNumber(normaliseIdentifier(idNumber) ?? '', new Date(reading.now))) throw malformed('id_number');
  const nickname = textOf(fields['user_name']).trim();
  if (nickname === '') throw malformed('profile.nickname');
  return {
    identifiers: [idNumber, mobileIn(fields), claimOf('email', fields['user_email'])],
    password: passwordIn(fields, reading),
    profile: { nickname },
    issuesAegisSpeedId: true,
    session: termsIn(reading.settings),
    client: {},
    discloses: ['id_number'],
  };
}

/** @throws Refusal `session.unknown` */
export function readInfo(request: WireRequest): AskOf<'describeAccount'> {
  return { who: holderIn(request), discloses: ['id_number'] };
}

/** @throws Refusal `session.unknown` */
export function readLogout(request: WireRequest): AskOf<'signOut'> {
  return { who: holderIn(request) };
}

function holderIn(request: WireRequest): AskOf<'signOut'>['who'] {
  const token = bearerIn(request);
  if (token === undefined) throw new Refusal('session.unknown');
  return { token };
}

/** Nothing at all is no JSON object either. */
function objectIn(request: WireRequest): Fields {
  if (!request.hasBody) throw new Refusal('input.malformed');
  return request.body('json');
}

function claimOf(kind: IdentifierClaim['kind'], value: JsonValue | undefined): IdentifierClaim {
  const claim = { kind, text: textOf(value) };
  if (normaliseIdentifier(claim) === undefined) throw malformed(kind);
  return claim;
}

/** Eleven digits, as clients of this dialect type them. */
function mobileIn(fields: Fields): IdentifierClaim {
  const text = textOf(fields['user_phone_number']);
  if (!/^1[3-9]\d{9}$/.test(text)) throw malformed('mobile');
  return { kind: 'mobile', text };
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const malformed = (field: string): Refusal => new Refusal('identifier.malformed', { field });

function passwordIn(fields: Fields, { passwordMaxLength }: Reading<AegisSpeedSettings>): Secret | Refusal {
  const password = fields['user_password'];
  return typeof password === 'string' ? fitPassword(password, passwordMaxLength) : new Refusal('password.malformed');
}

function termsIn({ tokenLifeSeconds }: AegisSpeedSettings): SessionTerms {
  return { token: TOKEN, lifeSeconds: tokenLifeSeconds };
}
