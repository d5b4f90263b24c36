// The parameters of a ShopXO request: from the query and from a body of any form, where the body wins.
import { type JsonValue, Refusal, Secret } from '#core';
import { bearerIn, type Fields, type WireRequest } from '#wire';
import type { ShopxoSettings } from './settings.ts';

/** The documented ways of signing in. */
export type SignInType = 'username' | 'sms' | 'email';

/** @throws Refusal `input.malformed` */
function parametersOf(request: WireRequest): Fields {
  if (request.method !== 'POST') return request.query();
  return { ...request.query(), ...request.body('json', 'form', 'multipart') };
}

/** Those of a call to a shop that is open. @throws Refusal `endpoint.closed`, `input.malformed` */
export function admittedParameters(request: WireRequest, { closedReason }: ShopxoSettings): Fields {
  if (closedReason !== '') throw new Refusal('endpoint.closed');
  return parametersOf(request);
}

/** As much as can be read, for what must be answered even to a request that cannot. */
export function readableParameters(request: WireRequest): Fields {
  return readable(() => parametersOf(request)) ?? readable(() => request.query()) ?? {};
}

/** JSON clients send numbers where the document shows texts; anything but a text or a safe integer is no text at all. */
export function asText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** What is called, or wants to be called, by this name or number. The original takes `0` for nothing. @throws Refusal `input.malformed` */
export function accountsIn(parameters: Fields): string {
  const accounts = asText(parameters['accounts'])?.trim() ?? '';
  if (accounts === '' || accounts === '0') throw new Refusal('input.malformed', { field: 'accounts' });
  return accounts;
}

/** The original trims what was pasted, wherever a password is given: ASCII white space, nothing else. */
export function passwordTextIn(parameters: Fields): string {
  const text = asText(parameters['pwd']) ?? '';
  return text.replace(/^[ \t\r\n]+/, '').replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '');
}

/** The token of whoever is signed in: a parameter, and only where that says nothing the header. */
export function tokenIn(request: WireRequest, parameters: Fields): Secret | undefined {
  const token = asText(parameters['token']) ?? '';
  return token === '' ? bearerIn(request) : new Secret(token);
}

/** Case counts. */
export function asSignInType(value: JsonValue | undefined): SignInType | undefined {
  return value === 'username' || value === 'sms' || value === 'email' ? value : undefined;
}

/** A word the client says about itself, cut off where it gets longer than any word. */
export function wordOf(parameters: Fields, name: string): string {
  return (asText(parameters[name]) ?? '').slice(0, 60).toWellFormed();
}

function readable(read: () => Fields): Fields | undefined {
  try {
    return read();
  } catch (reason) {
    if (reason instanceof Refusal) return undefined;
    throw reason;
  }
}
