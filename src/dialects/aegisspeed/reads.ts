// How AegisSpeed requests are read: a JSON object, first the id, then the password.
import {
  type AskOf,
  fitPassword,
  type IdentifierClaim,
  normaliseIdentifier,
  type JsonValue,
  Refusal,
  type Secret,
  type SessionTerms,
} from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
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

/** Nothing at all is no JSON object either. */
function objectIn(request: WireRequest): Fields {
  if (!request.hasBody) throw new Refusal('input.malformed');
  return request.body('json');
}

function claimOf(kind: IdentifierClaim['kind'], value: JsonValue | undefined): IdentifierClaim {
  const claim = { kind, text: typeof value === 'string' ? value : '' };
  if (normaliseIdentifier(claim) === undefined) throw new Refusal('identifier.malformed', { field: kind });
  return claim;
}

function passwordIn(fields: Fields, { passwordMaxLength }: Reading<AegisSpeedSettings>): Secret | Refusal {
  const password = fields['user_password'];
  return typeof password === 'string' ? fitPassword(password, passwordMaxLength) : new Refusal('password.malformed');
}

function termsIn({ tokenLifeSeconds }: AegisSpeedSettings): SessionTerms {
  return { token: TOKEN, lifeSeconds: tokenLifeSeconds };
}
