// Names and texts in `application/x-www-form-urlencoded`: the body of a form, and the query of a URL.
import { Buffer } from 'node:buffer';
import { decodeUtf8, LENDS_BELOW } from './characters.ts';
import { DEFAULT_LIMITS, FlatFields, type ParseLimits, type TextFields } from './fields.ts';
import { MalformedInput } from './malformed.ts';

/**
 * Reads the body of a posted form, `user=alice&pass=a%20b+c`.
 *
 * Every name may stand once; `k[]` and `k[x]` are refused, for other servers read them as a second value of `k`. A dot
 * in a name is a dot. Escapes must be whole and spell UTF-8.
 *
 * @throws MalformedInput `text.*`, `form.*`
 */
export function parseForm(bytes: Uint8Array, limits: ParseLimits = DEFAULT_LIMITS): TextFields {
  return new PairReader(decodeUtf8(bytes), 'form', limits).read();
}

/**
 * Reads the query of a URL, without its `?`, by the rules of {@link parseForm}.
 *
 * @param query as Node hands it over, each character one byte of the request line; a client that left out the escapes
 *   must have sent UTF-8
 * @throws MalformedInput `text.*`, `query.*`
 */
export function parseQuery(query: string, limits: ParseLimits = DEFAULT_LIMITS): TextFields {
  return new PairReader(BEYOND_ASCII.test(query) ? fromBytes(query) : query, 'query', limits).read();
}

const ESCAPE = /[%+]/;
const BEYOND_ASCII = /[^\0-\x7f]/;
const BEYOND_BYTES = /[^\0-\xff]/;

function fromBytes(query: string): string {
  if (BEYOND_BYTES.test(query)) throw new MalformedInput('query.encoding');
  return decodeUtf8(Buffer.from(query, 'latin1'));
}

/** One reading of one list of pairs. */
class PairReader {
  readonly #text: string;
  readonly #carrier: 'form' | 'query';
  readonly #fields: FlatFields;

  constructor(text: string, carrier: 'form' | 'query', limits: ParseLimits) {
    this.#text = text;
    this.#carrier = carrier;
    this.#fields = new FlatFields(carrier, limits);
  }

  read(): TextFields {
    for (let start = 0, end = 0; start < this.#text.length; start = end + 1) {
      end = this.#endOfPair(start);
      if (end > start) this.#take(this.#text.slice(start, end));
    }
    return this.#fields.collected;
  }

  #endOfPair(start: number): number {
    const end = this.#text.indexOf('&', start);
    return end < 0 ? this.#text.length : end;
  }

  #take(pair: string): void {
    const equals = pair.indexOf('=');
    const name = this.#unescaped(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : this.#unescaped(pair.slice(equals + 1), name);
    this.#fields.add(name, value);
  }

  #unescaped(text: string, field?: string): string {
    if (this.#text.length < LENDS_BELOW && !ESCAPE.test(text)) return text;
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw new MalformedInput(`${this.#carrier}.encoding`, field);
    }
  }
}
