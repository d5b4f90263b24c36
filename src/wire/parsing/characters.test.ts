// The one table of refused characters, proven through every parser that stands on it.
import { describe, expect, it } from 'vitest';
import { parseForm, parseQuery } from './form.ts';
import { parseJson } from './json.ts';
import { MalformedInput, type MalformedReason } from './malformed.ts';
import { parseMultipart } from './multipart.ts';

const REFUSED: readonly (readonly [MalformedReason, string, string])[] = [
  ['text.control', 'NUL', '\u0000'],
  ['text.control', 'SOH', '\u0001'],
  ['text.control', 'backspace', '\u0008'],
  ['text.control', 'vertical tab', '\u000b'],
  ['text.control', 'form feed', '\u000c'],
  ['text.control', 'SO', '\u000e'],
  ['text.control', 'escape', '\u001b'],
  ['text.control', 'US', '\u001f'],
  ['text.control', 'DEL', '\u007f'],
  ['text.control', 'PAD', '\u0080'],
  ['text.control', 'next line', '\u0085'],
  ['text.control', 'APC', '\u009f'],
  ['text.bidi', 'Arabic letter mark', '\u061c'],
  ['text.bidi', 'left-to-right mark', '\u200e'],
  ['text.bidi', 'right-to-left mark', '\u200f'],
  ['text.bidi', 'left-to-right embedding', '\u202a'],
  ['text.bidi', 'pop directional formatting', '\u202c'],
  ['text.bidi', 'right-to-left override', '\u202e'],
  ['text.bidi', 'left-to-right isolate', '\u2066'],
  ['text.bidi', 'pop directional isolate', '\u2069'],
  ['text.bom', 'byte order mark', '\ufeff'],
];

const ACCEPTED: readonly (readonly [string, string])[] = [
  ['tab and line ends', '\t\r\n'],
  ['printable ASCII', Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')],
  ['Latin, with a no-break space', '\u00a0é'],
  ['Chinese, plane 0 and 2', '张三丰𠮷'],
  ['an emoji of several code points', '👩‍🚀'],
  ['Arabic and Hebrew letters', 'سلام שלום'],
  ['neighbours of what is refused', '\u061b\u061d\u200d\u2010\u2029\u202f\u2065\u206a\ud7ff\ue000\ufefe\uff00'],
];

const BAD_BYTES: readonly (readonly [string, readonly number[]])[] = [
  ['a stray continuation byte', [0x80]],
  ['a stray lead byte', [0xc3]],
  ['a truncated character', [0xe5, 0xbc]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['an overlong NUL', [0xc0, 0x80]],
  ['an overlong slash of three bytes', [0xe0, 0x80, 0xaf]],
  ['a surrogate half', [0xed, 0xa0, 0x80]],
  ['a surrogate pair, as CESU-8 writes it', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ['a code point beyond the last', [0xf4, 0x90, 0x80, 0x80]],
  ['a lead byte of five', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['0xFF', [0xff]],
  ['GBK for 中文', [0xd6, 0xd0, 0xce, 0xc4]],
  ['GBK for 联通, which many take for UTF-8', [0xc1, 0xaa, 0xcd, 0xa8]],
  ['Latin-1 for é', [0xe9]],
  ['UTF-16, little end first', [0xff, 0xfe, 0x61, 0x00]],
];

const around = (start: string, middle: readonly number[], end: string) =>
  Buffer.concat([Buffer.from(start), Buffer.from(middle), Buffer.from(end)]);
const escapedJson = (text: string) =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const percent = (bytes: readonly number[]) => bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const part = (name: string, value: string) =>
  Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--\r\n`);

describe('a character that no text may hold', () => {
  it.each(REFUSED)('R-82 is refused as %s in every carrier: %s', (reason, _name, character) => {
    const refusal = new MalformedInput(reason);
    const encoded = encodeURIComponent(character);

    expect(() => parseJson(Buffer.from(`{"a":"x${escapedJson(character)}"}`))).toThrow(refusal);
    expect(() => parseJson(Buffer.from(`{"a":"x${character}"}`))).toThrow(refusal);
    expect(() => parseJson(Buffer.from(`{"a${escapedJson(character)}":"x"}`))).toThrow(refusal);
    expect(() => parseForm(Buffer.from(`a=x${encoded}`))).toThrow(refusal);
    expect(() => parseForm(Buffer.from(`a=x${character}`))).toThrow(refusal);
    expect(() => parseForm(Buffer.from(`a${encoded}=x`))).toThrow(refusal);
    expect(() => parseQuery(`a=x${encoded}`)).toThrow(refusal);
    expect(() => parseQuery(`a${encoded}=x`)).toThrow(refusal);
    expect(() => parseMultipart(part('a', `x${character}`), 'b')).toThrow(refusal);
    expect(() => parseMultipart(part(`a${character}`, 'x'), 'b')).toThrow(refusal);
  });

  it.each(['\\ud800', '\\udfff', '\\ud83dx', 'x\\ude00', '\\ude00\\ud83d', '\\ud83d\\u0041'])(
    'R-82 is refused when it is half a character: %s',
    (escape) => {
      const reading = () => parseJson(Buffer.from(`{"a":"${escape}"}`));

      expect(reading).toThrow(new MalformedInput('text.surrogate'));
    },
  );
});

describe('a character that may stand in a text', () => {
  it.each(ACCEPTED)('R-82 comes out of every carrier as it went in: %s', (_name, text) => {
    const fields = { a: text };

    expect(parseJson(Buffer.from(JSON.stringify(fields)))).toEqual(fields);
    expect(parseJson(Buffer.from(`{"a":"${escapedJson(text)}"}`))).toEqual(fields);
    expect(parseForm(Buffer.from(`a=${encodeURIComponent(text)}`))).toEqual(fields);
    expect(parseQuery(`a=${encodeURIComponent(text)}`)).toEqual(fields);
    expect(parseMultipart(part('a', text), 'b')).toEqual(fields);
  });
});

describe('bytes that are not UTF-8', () => {
  it.each(BAD_BYTES)('R-82 are refused in every carrier: %s', (_name, bytes) => {
    const refusal = new MalformedInput('text.encoding');

    expect(() => parseJson(around('{"a":"', bytes, '"}'))).toThrow(refusal);
    expect(() => parseForm(around('a=', bytes, ''))).toThrow(refusal);
    expect(() => parseForm(Buffer.from(`a=${percent(bytes)}`))).toThrow(new MalformedInput('form.encoding'));
    expect(() => parseQuery(`a=${String.fromCharCode(...bytes)}`)).toThrow(refusal);
    expect(() => parseQuery(`a=${percent(bytes)}`)).toThrow(new MalformedInput('query.encoding'));
    expect(() => parseMultipart(around('--b\r\n', bytes, '\r\n--b--'), 'b')).toThrow(refusal);
  });

  it('R-82 are refused when half a character is escaped and half is not', () => {
    const reading = () => parseForm(around('a=%E5', [0xbc, 0xa0], ''));

    expect(reading).toThrow(new MalformedInput('text.encoding'));
  });

  it('R-82 are not made good by a byte order mark', () => {
    const mark = [0xef, 0xbb, 0xbf];
    const refusal = new MalformedInput('text.bom');

    expect(() => parseJson(around('', mark, '{"a":1}'))).toThrow(refusal);
    expect(() => parseForm(around('', mark, 'a=1'))).toThrow(refusal);
    expect(() => parseMultipart(around('', mark, part('a', '1').toString()), 'b')).toThrow(refusal);
  });
});
