// How ShopXO's calls about an account are read: registering, a new password, and whatever is asked by whoever is signed in.
import { type AskOf, fitPassword, Refusal, Secret } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { challengeOf } from './challenge.ts';
import { claimOf, newClaimOf, REGISTER_CODE, RESET_CODE, typeByForm } from './identifiers.ts';
import { accountsIn, admittedParameters, asSignInType, asText, passwordTextIn, tokenIn } from './parameters.ts';
import { openingOf } from './reads.ts';
import type { ShopxoSettings } from './settings.ts';

/** @throws Refusal `endpoint.closed`, `input.malformed`, `sign-in.type-closed`, `identifier.malformed` */
export function readRegistration(
  request: WireRequest,
  { settings, passwordMaxLength }: Reading<ShopxoSettings>,
): AskOf<'signUp'> {
  const parameters = admittedParameters(request, settings);
  const accounts = accountsIn(parameters);
  const password = newPasswordIn(parameters, passwordMaxLength);
  const type = asSignInType(parameters['type']);
  if (type === undefined) throw new Refusal('input.malformed', { field: 'type' });
  const code = type === 'username' ? undefined : codeIn(parameters);
  if (!settings.registerTypes.includes(type)) throw new Refusal('sign-in.type-closed', { field: type });
  const claim = newClaimOf(type, accounts);
  return {
    ...openingOf(parameters, settings),
    identifiers: [claim],
    password,
    profile: {},
    awaitsApproval: settings.registerNeedsApproval,
    // In the form for a number or an address, `verify` is the code, for which the picture was read already.
    ...(code === undefined
      ? { namesBeforeChallenge: true, challenge: challengeOf('user_reg', { request, parameters }, settings) }
      : { proof: { claim, code, purpose: REGISTER_CODE } }),
  };
}

/** @throws Refusal `endpoint.closed`, `input.malformed`, `identifier.malformed` */
export function readReset(
  request: WireRequest,
  { settings, passwordMaxLength }: Reading<ShopxoSettings>,
): AskOf<'resetPassword'> {
  const parameters = admittedParameters(request, settings);
  const accounts = accountsIn(parameters);
  const password = newPasswordIn(parameters, passwordMaxLength);
  const code = codeIn(parameters);
  return { claim: claimOf(typeByForm(accounts), accounts), code, password, purpose: RESET_CODE };
}

/** @throws Refusal `endpoint.closed`, `input.malformed`, `session.unknown` */
export function readHolder(request: WireRequest, { settings }: Reading<ShopxoSettings>): AskOf<'signOut'> {
  const token = tokenIn(request, admittedParameters(request, settings));
  if (token === undefined) throw new Refusal('session.unknown');
  return { who: { token } };
}

/** @throws Refusal `input.malformed` when there is none */
function newPasswordIn(parameters: Fields, maxLength: number): Secret | Refusal {
  const text = passwordTextIn(parameters);
  if (text === '') throw new Refusal('input.malformed', { field: 'pwd' });
  return fitPassword(text, maxLength);
}

/** @throws Refusal `input.malformed` when there is none */
function codeIn(parameters: Fields): Secret {
  const code = asText(parameters['verify']) ?? '';
  if (code === '') throw new Refusal('input.malformed', { field: 'verify' });
  return new Secret(code);
}
