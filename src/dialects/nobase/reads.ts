// How NoBase requests are read.
import { type AskOf, Refusal, type Secret } from '#core';
import type { Reading, WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import { claimsOf, NAME_SPACE, Parameters } from './parameters.ts';
import type { NoBaseSettings } from './settings.ts';

type NoBaseReading = Reading<NoBaseSettings>;

/** @throws Refusal `input.malformed`; its field is the first parameter at fault */
export function readLogin(request: WireRequest, reading: NoBaseReading): AskOf<'signInWithPassword'> {
  const parameters = new Parameters(request);
  parameters.text('appid');
  const user = parameters.text('user');
  const password = parameters.password('pass', reading.passwordMaxLength);
  return {
    app: parameters.app('pass'),
    claims: claimsOf(user),
    password,
    session: { token: TOKEN, lifeSeconds: reading.settings.tokenLifeSeconds },
    client: {},
  };
}

/** @throws Refusal `input.malformed` */
export function readRegistration(request: WireRequest, reading: NoBaseReading): AskOf<'registerAccount'> {
  const parameters = new Parameters(request);
  parameters.text('appid');
  const user = parameters.text('user');
  const password = parameters.password('pass', reading.passwordMaxLength);
  const nickname = parameters.text('nickname');
  const [qq, email, avatar] = [qqIn(parameters), parameters.textIfAny('email'), avatarIn(parameters)];
  return {
    app: parameters.app('pass'),
    identifiers: [
      { kind: 'username', text: user, nameSpace: NAME_SPACE },
      ...(email === undefined ? [] : [{ kind: 'email', text: email } as const]),
    ],
    password,
    profile: { nickname, ...(avatar !== undefined && { avatar }) },
    ...(qq !== undefined && { attributes: { nobase: { qq } } }),
  };
}

function qqIn(parameters: Parameters): string | undefined {
  const qq = parameters.textIfAny('qq');
  if (qq !== undefined && !/^[1-9]\d{4,11}$/.test(qq)) throw new Refusal('input.malformed', { field: 'qq' });
  return qq;
}

/** A link: what strangers show as their picture is fetched by other people's clients. */
function avatarIn(parameters: Parameters): string | undefined {
  const avatar = parameters.textIfAny('imag');
  if (avatar !== undefined && !/^https?:\/\/[^\s"'<>\\]+$/i.test(avatar))
    throw new Refusal('input.malformed', { field: 'imag' });
  return avatar;
}

/** @throws Refusal `input.malformed` */
export function readData(request: WireRequest, { passwordMaxLength }: NoBaseReading): AskOf<'describeAccount'> {
  const parameters = new Parameters(request);
  parameters.text('appid');
  return { who: parameters.who(passwordMaxLength), app: parameters.app('pass', 'token') };
}

/** The sibling page calls the new password `newpass`. @throws Refusal `input.malformed` */
export function readNewPassword(request: WireRequest, { passwordMaxLength }: NoBaseReading): AskOf<'changePassword'> {
  const parameters = new Parameters(request);
  const name =
    parameters.textIfAny('new_pass') === undefined && parameters.textIfAny('newpass') ? 'newpass' : 'new_pass';
  const token = parameters.token();
  return {
    who: { claims: claimsOf(parameters.text('user')) },
    current: parameters.password('pass', passwordMaxLength),
    next: parameters.password(name, passwordMaxLength),
    ...(token && { keeps: { token } }),
    ...parameters.appIfAny('pass', name),
  };
}

const SIGN = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;

/** The sibling page calls the text `newsign`. @throws Refusal `input.malformed` */
export function readSign(request: WireRequest, { passwordMaxLength }: NoBaseReading): AskOf<'updateProfile'> {
  const parameters = new Parameters(request);
  const who = parameters.who(passwordMaxLength);
  const signature = parameters.textIfAny('sign') ?? parameters.textIfAny('newsign') ?? '';
  if (!SIGN.test(signature)) throw new Refusal('input.malformed', { field: 'sign' });
  return {
    who,
    ...parameters.appIfAny('pass', 'token'),
    revise: ({ attributes }) => ({ attributes: { ...attributes, nobase: { ...attributes['nobase'], signature } } }),
  };
}

/** @throws Refusal `input.malformed` */
export function readLogout(request: WireRequest): AskOf<'signOut'> {
  const parameters = new Parameters(request);
  return { who: { token: needed(parameters.token()) }, ...parameters.appIfAny('token') };
}

function needed(token: Secret | undefined): Secret {
  if (token === undefined) throw new Refusal('input.malformed', { field: 'token' });
  return token;
}

/** What was sent as `user`, if it was, for the answer to a call that was read before. */
export function userOf(request: WireRequest): string | undefined {
  return new Parameters(request).textIfAny('user');
}

/** The application a request names, as far as it can be told; a preflight names it only in its URL. */
export function appIdOf(request: WireRequest): string | undefined {
  try {
    return new Parameters(request).text('appid');
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
