// The parameters of a ShopXO request: from the query and from a body of any form, where the body wins.
import { type JsonValue, Refusal } from '#core';
import type { Fields, WireRequest } from '#wire';

/** The documented ways of signing in. */
export type SignInType = 'username' | 'sms' | 'email';

/** @throws Refusal `input.malformed` */
export function parametersOf(request: WireRequest): Fields {
  if (request.method !== 'POST') return request.query();
  return { ...request.query(), ...request.body('json', 'form', 'multipart') };
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
