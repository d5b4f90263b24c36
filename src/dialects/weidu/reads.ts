// How weidu requests are read: a JSON object, whatever content type it was declared with.
import { type AskOf, fitPassword, type IdentifierClaim, normaliseIdentifier, Refusal, Secret } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { sessionIn, TOKEN } from './carrier.ts';
import { readDevice } from './device.ts';
import { textIn } from './fields.ts';
import type { WeiduSettings } from './settings.ts';

/** @throws Refusal `input.malformed`; its field is the first one at fault */
export function readLogin(request: WireRequest, reading: Reading<WeiduSettings>): AskOf<'signInWithPassword'> {
  const fields = request.body('json');
  const claims = claimsOf(textIn(fields, 'login_id'));
  const password = passwordIn(fields, reading.passwordMaxLength);
  return { claims, password, ...signInOf(fields, reading) };
}

/** @throws Refusal `input.malformed`, `identifier.malformed` */
export function readMobileLogin(request: WireRequest, reading: Reading<WeiduSettings>): AskOf<'signInWithCode'> {
  const fields = request.body('json');
  const [claims, code] = [[mobileIn(fields)], codeIn(fields)];
  return { claims, code, purpose: CODE_PURPOSE, ...signInOf(fields, reading) };
}

/** @throws Refusal `input.malformed`, `identifier.malformed` */
export function readSignup(request: WireRequest, reading: Reading<WeiduSettings>): AskOf<'signUp'> {
  const fields = request.body('json');
  const claim = mobileIn(fields);
  const proof = { claim, code: codeIn(fields), purpose: CODE_PURPOSE, expects: 'anyone' } as const;
  const password = passwordIn(fields, reading.passwordMaxLength);
  return { identifiers: [claim], profile: {}, password, proof, ...sessionOf(fields, reading) };
}

/** @throws Refusal `input.malformed`, `identifier.malformed` */
export function readReset(request: WireRequest, { passwordMaxLength }: Reading<WeiduSettings>): AskOf<'resetPassword'> {
  const fields = request.body('json');
  const [claim, code] = [mobileIn(fields), codeIn(fields)];
  return { claim, code, purpose: CODE_PURPOSE, password: passwordIn(fields, passwordMaxLength) };
}

/** @throws Refusal `input.malformed`, `identifier.malformed` */
export function readMobileQuestion(request: WireRequest): AskOf<'checkIdentifier'> {
  return { claim: mobileIn(request.body('json')) };
}

/** @throws Refusal `input.malformed` */
export function readEmailQuestion(request: WireRequest): AskOf<'checkIdentifier'> {
  const claim = { kind: 'email', text: textIn(request.body('json'), 'email') ?? '' } as const;
  if (normaliseIdentifier(claim) === undefined) throw new Refusal('input.malformed', { field: 'email' });
  return { claim };
}

/** @throws Refusal `input.malformed`, `identifier.malformed` */
export function readSms(request: WireRequest, { settings }: Reading<WeiduSettings>): AskOf<'sendCode'> {
  const fields = request.body('json');
  return {
    claim: mobileIn(fields),
    purpose: CODE_PURPOSE,
    message: 'code.sign-in',
    code: CODE,
    lifeSeconds: settings.codeLifeSeconds,
    tries: CODE_TRIES,
    expects: 'anyone',
    language: settings.locale,
    challenge: challengeIn(fields, settings, 'weidu.sms'),
  };
}

/** @throws Refusal `input.malformed` */
export function readVerification(request: WireRequest): AskOf<'passChallenge'> {
  const fields = request.body('json');
  const id = textIn(fields, 'captcha_id');
  if (id === undefined) throw new Refusal('input.malformed', { field: 'captcha_id' });
  const answer = secretIn(fields, 'captcha_answer', LONGEST_ANSWER);
  if (answer === undefined) throw new Refusal('input.malformed', { field: 'captcha_answer' });
  return { id, answer };
}

/** What is asked by whoever is signed in. @throws Refusal `session.unknown` */
export function readHolder(request: WireRequest, { settings }: Reading<WeiduSettings>): AskOf<'signOut'> {
  return { who: sessionIn(request, settings) };
}

/** One for logging in, registering and resetting: the request for it does not say which of them it is for, so the first takes it. */
const CODE_PURPOSE = 'weidu.mobile';
const CODE = { alphabet: '0123456789', length: 6 } as const;
const CODE_TRIES = 5;
/** A solved proof of work is the longest. */
const LONGEST_ANSWER = 8192;

type SignIn = Pick<AskOf<'signInWithPassword'>, 'challenge' | 'client' | 'session'>;

/** What logins have in common, whatever proves them. */
function signInOf(fields: Fields, reading: Reading<WeiduSettings>): SignIn {
  const { settings } = reading;
  return { ...sessionOf(fields, reading), challenge: challengeIn(fields, settings, 'weidu.login') };
}

/** The session that follows, and the device it is for. */
function sessionOf(fields: Fields, reading: Reading<WeiduSettings>): Pick<SignIn, 'client' | 'session'> {
  return {
    session: { token: TOKEN, csrf: TOKEN, lifeSeconds: reading.settings.tokenLifeSeconds },
    client: readDevice(fields, reading),
  };
}

function codeIn(fields: Fields): Secret {
  const code = secretIn(fields, 'sms_code');
  if (code === undefined) throw new Refusal('input.malformed', { field: 'sms_code' });
  return code;
}

function challengeIn(fields: Fields, { captcha }: WeiduSettings, purpose: string): NonNullable<SignIn['challenge']> {
  return { policy: captcha, purpose, given: { kind: 'token', token: secretIn(fields, 'captcha_token') } };
}

function secretIn(fields: Fields, name: string, longest?: number): Secret | undefined {
  const given = textIn(fields, name, longest);
  return given === undefined ? undefined : new Secret(given);
}

function mobileIn(fields: Fields): IdentifierClaim & { readonly kind: 'mobile' } {
  const text = textIn(fields, 'mobile');
  if (text === undefined) throw new Refusal('input.malformed', { field: 'mobile' });
  const claim = { kind: 'mobile', text } as const;
  if (normaliseIdentifier(claim) === undefined) throw new Refusal('identifier.malformed', { field: 'mobile' });
  return claim;
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
