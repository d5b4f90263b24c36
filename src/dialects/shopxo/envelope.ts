// What every ShopXO answer looks like: three keys, always under HTTP 200.
import type { JsonValue } from '#core';
import { type Answer, json, type Reply } from '#wire';
import type { ShopxoSettings } from './settings.ts';
import { type ShopxoText, tell } from './texts.ts';

/** An answer, its keys in the document's order. */
export function envelope(msg: string, code: number, data: JsonValue): Answer {
  return json({ msg, code, data });
}

/** An answer without data, which the document spells as an empty list and the current generation as an empty text. */
export function failure(text: ShopxoText, code: number, reply: Reply<ShopxoSettings>): Answer {
  return bareEnvelope(tell(text, reply), code, reply);
}

/** The same for a sentence that is ready to be said, be it of a failure or not. */
export function bareEnvelope(msg: string, code: number, { settings }: Reply<ShopxoSettings>): Answer {
  return envelope(msg, code, settings.profile === 'v2' ? [] : '');
}
