// How NoBase requests are read: four texts, from the query of a GET, from the body or the query of a POST.
import { type AskOf, fitPassword, type JsonValue, Refusal, Secret } from '#core';
import type { Fields, Reading, WireRequest } from '#wire';
import { TOKEN } from './carrier.ts';
import type { NoBaseSettings } from './settings.ts';

/** The documented parameters, in the order in which they are looked at. */
type Parameter = 'appid' | 'user' | 'pass' | 'signature';

/** @throws Refusal `input.malformed`; its field is the first parameter at fault */
export function readLogin(request: WireRequest, reading: Reading<NoBaseSettings>): AskOf<'signInWithPassword'> {
  const { tokenLifeSeconds } = reading.settings;
  const { query, body } = carriersOf(request);
  const parameters = { ...query, ...body };
  const id = textOf(parameters, 'appid');
  const user = textOf(parameters, 'user');
  const password = passwordOf(parameters, reading.passwordMaxLength);
  const signature = new Secret(textOf(parameters, 'signature'));

  return {
    // An application that forbids GET wants no password in a URL, whatever the method it came with.
    app: { id, signature, isGet: body['pass'] === undefined },
    // A name is looked for among usernames first: that is what the document's accounts register with.
    claims: [
      { kind: 'username', text: user },
      { kind: 'mobile', text: user },
      { kind: 'email', text: user },
    ],
    password,
    session: { token: TOKEN, lifeSeconds: tokenLifeSeconds },
    client: {},
  };
}

/** What was sent as `user`, for the answer of a login that was read before. */
export function userOf(request: WireRequest): string {
  return textOf(parametersOf(request), 'user');
}

/** The application a request names, as far as it can be told; a preflight names it only in its URL. */
export function appIdOf(request: WireRequest): string | undefined {
  try {
    return textOf(parametersOf(request), 'appid');
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Key by key the body wins over the query, also when it is empty there. */
function parametersOf(request: WireRequest): Fields {
  const { query, body } = carriersOf(request);
  return { ...query, ...body };
}

function carriersOf(request: WireRequest): { readonly query: Fields; readonly body: Fields } {
  return { query: request.query(), body: request.method === 'POST' ? request.body('form', 'json') : {} };
}

function textOf(parameters: Fields, name: Parameter): string {
  const value = own(parameters, name);
  if (typeof value !== 'string' || value === '') throw new Refusal('input.malformed', { field: name });
  return value;
}

function passwordOf(parameters: Fields, maxLength: number): Secret | Refusal {
  const isEmpty = own(parameters, 'pass') === '';
  return fitPassword(isEmpty ? '' : textOf(parameters, 'pass'), maxLength);
}

function own(parameters: Fields, name: Parameter): JsonValue | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}
