// Which characters no name and no value may hold, whatever form they arrive in: one table for all parsers.
import { Buffer, isUtf8 } from 'node:buffer';
import { MalformedInput, type MalformedReason } from './malformed.ts';

type CharacterRule = readonly [first: number, last: number, reason: MalformedReason];

/*
 * Tab and line ends are let through: passwords that were pasted may hold them, and what they mean inside a name is for
 * whoever normalises names. U+061C, U+200E, U+200F, U+202A … U+202E and U+2066 … U+2069 are Unicode's Bidi_Control.
 */
const FORBIDDEN: readonly CharacterRule[] = [
  [0x0000, 0x0008, 'text.control'], //   NUL … BS
  [0x000b, 0x000c, 'text.control'], //   VT, FF
  [0x000e, 0x001f, 'text.control'], //   SO … US
  [0x007f, 0x009f, 'text.control'], //   DEL and C1
  [0x061c, 0x061c, 'text.bidi'], //      Arabic letter mark
  [0x200e, 0x200f, 'text.bidi'], //      left-to-right and right-to-left mark
  [0x202a, 0x202e, 'text.bidi'], //      embeddings and overrides
  [0x2066, 0x2069, 'text.bidi'], //      isolates
  [0xd800, 0xdfff, 'text.surrogate'], // only a lone one: a pair is one code point
  [0xfeff, 0xfeff, 'text.bom'],
];

const ANY_FORBIDDEN = new RegExp(`[${FORBIDDEN.map(asRange).join('')}]`, 'u');

function asRange([first, last]: CharacterRule): string {
  return `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
}

/**
 * A text shorter than this may lend pieces of itself. A slice keeps the text it was cut from alive, so the pieces of a
 * longer one are copied, lest whoever keeps a token keep a whole body.
 */
export const LENDS_BELOW = 1024;

/** Why a text holds a character it may not hold; `undefined` when all is well. */
export function forbiddenCharacterIn(text: string): MalformedReason | undefined {
  const found = ANY_FORBIDDEN.exec(text)?.[0].codePointAt(0);
  if (found === undefined) return undefined;

  return FORBIDDEN.find(([first, last]) => first <= found && found <= last)?.[2];
}

/**
 * Reads bytes as UTF-8 and nothing else: no overlong form, no replacement character put in, no byte order mark.
 *
 * @throws MalformedInput `text.encoding`, `text.bom`
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new MalformedInput('text.encoding');

  const text = asBuffer(bytes).toString('utf8');
  if (text.charCodeAt(0) === 0xfeff) throw new MalformedInput('text.bom');
  return text;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The same text in memory of its own. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
