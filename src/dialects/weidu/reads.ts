// How weidu requests are read: a JSON object, whatever content type it was declared with.
import { type AskOf, fitPassword, type IdentifierClaim, normaliseIdentifier, Refusal, type Secret } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import { readDevice } from './device.ts';
import { textIn } from './fields.ts';
import type { WeiduSettings } from './settings.ts';

/** @throws Refusal `input.malformed`; its field is the first one at fault */
export function readLogin(request: WireRequest, reading: Reading<WeiduSettings>): AskOf<'signInWithPassword'> {
  const fields = request.body('json');
  const { tokenLifeSeconds } = reading.settings;
  const claims = claimsOf(textIn(fields, 'login_id'));
  const password = passwordIn(fields, reading.passwordMaxLength);
  // No answer to a challenge is ever due yet; one that is sent along must still be one.
  textIn(fields, 'captcha_token');
  return {
    claims,
    password,
    session: { token: TOKEN, csrf: TOKEN, lifeSeconds: tokenLifeSeconds },
    client: readDevice(fields, reading),
  };
}

const PROVABLE = ['mobile', 'email'] as const;

/**
 * What can be a number or an address is taken for that alone: a user name that looks like one belongs to the dialect that
 * registered it, and must not stand in the way of the number's owner.
 */
function claimsOf(loginId: string | undefined): readonly IdentifierClaim[] {
  const text = loginId?.trim() ?? '';
  if (text === '') throw new Refusal('input.malformed', { field: 'login_id' });
  const provable = PROVABLE.map((kind) => ({ kind, text })).filter((claim) => normaliseIdentifier(claim) !== undefined);
  return provable.length > 0 ? provable : [{ kind: 'username', text }];
}

function passwordIn(fields: Fields, maxLength: number): Secret | Refusal {
  const given = fields['password'] ?? '';
  if (typeof given !== 'string') throw new Refusal('input.malformed', { field: 'password' });
  return fitPassword(given, maxLength);
}
