// Strict JSON: RFC 8259 without repeated members, prototype names, bottomless nesting and invisible characters.
import type { JsonValue } from '#core';
import { decodeUtf8, forbiddenCharacterIn, LENDS_BELOW } from './characters.ts';
import { DEEPEST, DEFAULT_LIMITS, emptyRecord, type Fields, isForbiddenKey, type ParseLimits } from './fields.ts';
import { MalformedInput } from './malformed.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const TILDE = 0x7e;

const NUMBER_SIGNS: ReadonlySet<number> = new Set(Array.from('+-.eE', (sign) => sign.charCodeAt(0)));
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads a JSON document in one pass over its text, in time linear to its length.
 *
 * Beyond the grammar it refuses: a member named twice in one object (names are compared after unescaping), the names
 * `__proto__`, `constructor` and `prototype`, more depth or fields than `limits` allow, numbers beyond a double, and the
 * characters no text may hold. Accepted documents read exactly as `JSON.parse` reads them, without prototypes.
 *
 * @throws MalformedInput `text.*`, `json.*`
 * @throws TypeError when `limits.depth` is beyond what this parser takes
 *
 * @example
 * parseJson(Buffer.from('{"login_id":"alice"}')); // { login_id: 'alice' }
 */
export function parseJson(bytes: Uint8Array, limits: ParseLimits = DEFAULT_LIMITS): JsonValue {
  if (limits.depth > DEEPEST) throw new TypeError(`JSON depth is at most ${DEEPEST}`);
  return new JsonReader(decodeUtf8(bytes), limits).document();
}

/** One reading of one text. Its recursion goes as deep as the limit, which is at most {@link DEEPEST}. */
class JsonReader {
  readonly #text: string;
  readonly #lends: boolean;
  #at = 0;
  #depthLeft: number;
  #fieldsLeft: number;
  #member: string | undefined;

  constructor(text: string, limits: ParseLimits) {
    this.#text = text;
    this.#lends = text.length < LENDS_BELOW;
    this.#depthLeft = limits.depth;
    this.#fieldsLeft = limits.fields;
  }

  document(): JsonValue {
    const value = this.#value();
    this.#next();
    if (this.#at < this.#text.length) throw new MalformedInput('json.syntax');
    return value;
  }

  #value(): JsonValue {
    switch (this.#next()) {
      case QUOTE:
        return this.#string(this.#member);
      case OPEN_OBJECT:
        return this.#object();
      case OPEN_LIST:
        return this.#list();
      default:
        return this.#scalar();
    }
  }

  #object(): Fields {
    const object = emptyRecord<JsonValue>();
    if (this.#opensEmpty(CLOSE_OBJECT)) return object;

    do {
      const name = this.#memberName(object);
      if (this.#next() !== COLON) throw new MalformedInput('json.syntax');
      this.#at += 1;
      object[name] = this.#value();
    } while (this.#hasMore(CLOSE_OBJECT));
    return object;
  }

  #memberName(object: Fields): string {
    if (this.#next() !== QUOTE) throw new MalformedInput('json.syntax');
    const name = this.#string();
    if (isForbiddenKey(name)) throw new MalformedInput('json.forbidden-key');
    if (name in object) throw new MalformedInput('json.duplicate-key', name);
    this.#countField();
    this.#member = name;
    return name;
  }

  #list(): readonly JsonValue[] {
    const list: JsonValue[] = [];
    if (this.#opensEmpty(CLOSE_LIST)) return list;

    do {
      this.#countField();
      list.push(this.#value());
    } while (this.#hasMore(CLOSE_LIST));
    return list;
  }

  #opensEmpty(close: number): boolean {
    if (this.#depthLeft <= 0) throw new MalformedInput('json.depth', this.#member);
    this.#at += 1;
    if (this.#next() === close) {
      this.#at += 1;
      return true;
    }
    this.#depthLeft -= 1;
    return false;
  }

  #hasMore(close: number): boolean {
    const unit = this.#next();
    this.#at += 1;
    if (unit === COMMA) return true;
    if (unit !== close) throw new MalformedInput('json.syntax');
    this.#depthLeft += 1;
    return false;
  }

  #countField(): void {
    if (this.#fieldsLeft-- <= 0) throw new MalformedInput('json.too-many-fields');
  }

  #string(field?: string): string {
    const start = this.#at;
    const isPlain = this.#skipString(field);
    if (isPlain && this.#lends) return this.#text.slice(start + 1, this.#at - 1);

    const text = unescaped(this.#text.slice(start, this.#at));
    const reason = isPlain ? undefined : forbiddenCharacterIn(text);
    if (reason !== undefined) throw new MalformedInput(reason, field);
    return text;
  }

  /** Moves behind the closing quote; tells whether all between is printable ASCII that stands for itself. */
  #skipString(field?: string): boolean {
    const text = this.#text;
    let isPlain = true;
    for (let at = this.#at + 1; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return isPlain;
      }
      if (unit < SPACE) throw new MalformedInput(forbiddenCharacterIn(text.charAt(at)) ?? 'json.syntax', field);
      if (unit === BACKSLASH) at += 1;
      if (unit === BACKSLASH || unit > TILDE) isPlain = false;
    }
    throw new MalformedInput('json.syntax');
  }

  #scalar(): JsonValue {
    if (this.#takes('true')) return true;
    if (this.#takes('false')) return false;
    if (this.#takes('null')) return null;
    return this.#number();
  }

  #takes(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #number(): number {
    const start = this.#at;
    while (isOfNumber(this.#text.charCodeAt(this.#at))) this.#at += 1;

    const digits = this.#text.slice(start, this.#at);
    if (!NUMBER.test(digits)) throw new MalformedInput('json.syntax');
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new MalformedInput('json.number-range', this.#member);
    return value;
  }

  /** Skips white space; the code unit that follows, NaN at the end. */
  #next(): number {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== SPACE && unit !== TAB && unit !== LINE_FEED && unit !== CARRIAGE_RETURN) return unit;
      this.#at += 1;
    }
  }
}

/** A string literal's text, copied. The platform knows the escapes; what it refuses is a bad one. */
function unescaped(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new MalformedInput('json.syntax');
  }
}

function isOfNumber(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || NUMBER_SIGNS.has(unit);
}
