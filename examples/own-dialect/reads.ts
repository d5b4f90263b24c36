// How Harbour requests are read. A reader is pure: the request goes in, what the flow is asked comes out, or a Refusal is thrown.
import { type AskOf, type ClientDescription, fitPassword, Refusal } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import type { HarbourSettings } from './settings.ts';

/** @throws Refusal `input.malformed` naming the field */
export function readSession(request: WireRequest, reading: Reading<HarbourSettings>): AskOf<'signInWithPassword'> {
  const fields = request.body('json');
  return {
    claims: [{ kind: 'mobile', text: requiredText(fields, 'phone') }],
    // None at all is handed on as well: under the policy `strict` it is refused like any wrong one.
    password: fitPassword(optionalText(fields, 'password') ?? '', reading.passwordMaxLength),
    session: { token: TOKEN, lifeSeconds: reading.settings.tokenLifeSeconds },
    client: clientIn(fields),
  };
}

function requiredText(fields: Fields, name: string): string {
  const text = optionalText(fields, name);
  if (text === undefined) throw new Refusal('input.malformed', { field: name });
  return text;
}

/** Absent, null and empty all mean "not given". */
function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw new Refusal('input.malformed', { field: name });
  return value === '' ? undefined : value;
}

function clientIn(fields: Fields): ClientDescription {
  const deviceName = optionalText(fields, 'device_name');
  return deviceName === undefined ? {} : { deviceName };
}
