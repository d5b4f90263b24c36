// How ShopXO logins are read, check by check in the order in which the original answers.
import { type AskOf, countCodePoints, fitPassword, Refusal, Secret, type SignInAsk } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import { challengeOf } from './challenge.ts';
import { claimOf, LOGIN_CODE, NAME_SPACE } from './identifiers.ts';
import {
  accountsIn,
  admittedParameters,
  asSignInType,
  asText,
  passwordTextIn,
  readableParameters,
  type SignInType,
  wordOf,
} from './parameters.ts';
import type { ShopxoSettings } from './settings.ts';

const LEAST_PASSWORD = 6;

/** @throws Refusal `endpoint.closed`, `input.malformed` or `sign-in.type-closed` */
export function readPasswordLogin(request: WireRequest, reading: Reading<ShopxoSettings>): AskOf<'signInWithPassword'> {
  const { parameters, accounts } = readStart(request, reading.settings);
  return {
    ...signInOf(parameters, reading.settings),
    // What its owner has proven comes first: nobody's user name may stand in the way of a number or an address.
    claims: [
      { kind: 'mobile', text: accounts },
      { kind: 'email', text: accounts },
      { kind: 'username', text: accounts },
      { kind: 'username', text: accounts, nameSpace: NAME_SPACE },
    ],
    password: passwordIn(parameters, reading.passwordMaxLength),
    challenge: challengeOf('user_login', { request, parameters }, reading.settings),
  };
}

/** @throws Refusal `endpoint.closed`, `input.malformed`, `sign-in.type-closed` or `identifier.malformed` */
export function readCodeLogin(request: WireRequest, reading: Reading<ShopxoSettings>): AskOf<'signInWithCode'> {
  const { parameters, accounts, type } = readStart(request, reading.settings);
  const code = asText(parameters['verify']) ?? '';
  return {
    ...signInOf(parameters, reading.settings),
    claims: [claimOf(type, accounts)],
    purpose: LOGIN_CODE,
    code: code === '' ? undefined : new Secret(code),
  };
}

/** Which row of the table reads it; what cannot be read is left to the password login to refuse. */
export function isCodeLogin(request: WireRequest): boolean {
  const type = typeOf(request);
  return type === 'sms' || type === 'email';
}

/** The documented type a request asks for, if any. */
export function typeOf(request: WireRequest): SignInType | undefined {
  return asSignInType(readableParameters(request)['type']);
}

/** Whether no password was given: the original words that in its own way. */
export function lacksPassword(request: WireRequest): boolean {
  return passwordTextIn(readableParameters(request)) === '';
}

interface Start {
  readonly parameters: Fields;
  readonly type: SignInType;
  readonly accounts: string;
}

function readStart(request: WireRequest, settings: ShopxoSettings): Start {
  const parameters = admittedParameters(request, settings);
  const type = asSignInType(parameters['type']);
  if (type === undefined) throw new Refusal('input.malformed', { field: 'type' });
  const accounts = accountsIn(parameters);
  if (!settings.loginTypes.includes(type)) throw new Refusal('sign-in.type-closed', { field: type });
  return { parameters, type, accounts };
}

/** What both ways of signing in have in common. */
function signInOf(parameters: Fields, settings: ShopxoSettings): Omit<SignInAsk, 'claims'> {
  return { namesBeforeFailures: true, ...openingOf(parameters, settings) };
}

/** The session a client gets, and what it says of itself. */
export function openingOf(parameters: Fields, settings: ShopxoSettings): Pick<SignInAsk, 'client' | 'session'> {
  const deviceId = wordOf(parameters, 'uuid');
  return {
    session: {
      token: TOKEN,
      lifeSeconds: settings.tokenLifeSeconds,
      idleSeconds: settings.tokenIdleSeconds,
      ...(settings.singleSession !== 'off' && { replaces: settings.singleSession }),
    },
    client: { type: wordOf(parameters, 'application_client_type') || 'pc', ...(deviceId !== '' && { deviceId }) },
  };
}

/** The account is looked at before the form of the password, so an unfit one is handed on with the reason. */
function passwordIn(parameters: Fields, maxLength: number): Secret | Refusal {
  const text = passwordTextIn(parameters);
  if (countCodePoints(text) < LEAST_PASSWORD) return new Refusal('password.too-short', { field: 'pwd' });
  return fitPassword(text, maxLength);
}

/** @throws Refusal `endpoint.closed` while the whole shop is */
export function readBaseCommon(request: WireRequest, { settings }: Reading<ShopxoSettings>): AskOf<'describeSignIn'> {
  const parameters = admittedParameters(request, settings);
  return { challenge: challengeOf('user_login', { request, parameters }, settings) };
}
