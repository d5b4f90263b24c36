// Which parser a body reaches, by what is declared, what came and what the endpoint reads.
import { describe, expect, it } from 'vitest';
import { type BodyForm, parseBody } from './body.ts';
import { MalformedInput, type MalformedReason } from './malformed.ts';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=b';
const anything: readonly BodyForm[] = ['json', 'form', 'multipart'];
const part = '--b\r\nContent-Disposition: form-data; name="user"\r\n\r\nalice\r\n--b--\r\n';

const parse = (contentType: string | undefined, text: string, accepts = anything) =>
  parseBody({ contentType, bytes: Buffer.from(text), accepts });

describe('reading a body of any form', () => {
  it.each([
    ['JSON as declared', 'application/json; charset=utf-8', '{"user":"alice"}'],
    ['JSON declared as a form, as curl -d does', FORM, '{"user":"alice"}'],
    ['JSON declared as a form, after white space', FORM, ' \r\n\t{"user":"alice"}'],
    ['JSON declared as multipart', MULTIPART, '{"user":"alice"}'],
    ['JSON declared as text', 'text/plain;charset=UTF-8', '{"user":"alice"}'],
    ['JSON declared as a media type of its own', 'application/vnd.example+json', '{"user":"alice"}'],
    ['JSON that nobody declared', undefined, '{"user":"alice"}'],
    ['JSON with a nonsensical declaration', ';;=,\0', '{"user":"alice"}'],
    ['a form', FORM, 'user=alice'],
    ['a form in any letter case, with a charset', 'Application/X-WWW-Form-UrlEncoded ; charset=gbk', 'user=alice'],
    ['a multipart form', MULTIPART, part],
    ['a multipart form with a quoted boundary', 'multipart/form-data; charset=utf-8; Boundary="b"', part],
  ])('reads %s', (_name, contentType, text) => {
    const fields = parse(contentType, text);

    expect(fields).toEqual({ user: 'alice' });
    expect(Object.getPrototypeOf(fields)).toBeNull();
  });

  it.each<readonly [MalformedReason, string | undefined, string]>([
    ['json.not-object', 'application/json', '[{"user":"alice"}]'],
    ['json.not-object', FORM, '[1]'],
    ['json.not-object', 'application/json', '"user=alice"'],
    ['json.not-object', 'application/json', 'null'],
    ['json.not-object', 'application/json', '1'],
    ['json.syntax', 'application/json', 'user=alice'],
    ['json.syntax', undefined, 'user=alice'],
    ['json.syntax', FORM, '{user=alice'],
    ['json.syntax', 'application/json', ' '],
    ['text.bom', FORM, '\ufeff{"user":"alice"}'],
    ['multipart.boundary', 'multipart/form-data', part],
    ['multipart.boundary', `${MULTIPART}; boundary=c`, part],
    ['multipart.syntax', 'multipart/form-data; boundary=c', part],
  ])('ends with %s, declared as %s: %j', (reason, contentType, text) => {
    const reading = () => parse(contentType, text);

    expect(reading).toThrow(new MalformedInput(reason));
  });
});

describe('reading a body where not every form is read', () => {
  it('takes everything for JSON where only JSON is read', () => {
    const form = () => parse(FORM, 'user=alice', ['json']);

    expect(parse(FORM, '{"user":"alice"}', ['json'])).toEqual({ user: 'alice' });
    expect(form).toThrow(new MalformedInput('json.syntax'));
  });

  it('takes a form for a form where JSON is not read, whatever it starts with', () => {
    const fields = parse(FORM, '{"user":"alice"}', ['form']);

    expect(fields).toEqual({ '{"user":"alice"}': '' });
  });

  it.each(['application/json', MULTIPART, 'text/plain', undefined])('refuses %s where only forms are read', (type) => {
    const reading = () => parse(type, '{"user":"alice"}', ['form']);

    expect(reading).toThrow(new MalformedInput('body.unsupported-type'));
  });
});

describe('reading no body at all', () => {
  it.each([undefined, 'application/json', FORM, MULTIPART, 'image/png'])('finds no fields, declared as %s', (type) => {
    const fields = parse(type, '');

    expect(Object.keys(fields)).toEqual([]);
    expect(Object.getPrototypeOf(fields)).toBeNull();
  });

  it('refuses it where a body is due', () => {
    const reading = () => parseBody({ bytes: new Uint8Array(), accepts: ['json'], mayBeEmpty: false });

    expect(reading).toThrow(new MalformedInput('body.empty'));
  });
});

describe('reading with limits of the endpoint', () => {
  it.each([
    ['json.too-many-fields', 'application/json', '{"a":1,"b":2}'],
    ['form.too-many-fields', FORM, 'a=1&b=2'],
    ['multipart.too-many-fields', MULTIPART, part.replace('--b--', part.replace('user', 'c'))],
  ] as const)('R-80 ends with %s', (reason, contentType, text) => {
    const reading = () =>
      parseBody({ contentType, bytes: Buffer.from(text), accepts: anything, limits: { depth: 1, fields: 1 } });

    expect(reading).toThrow(new MalformedInput(reason));
  });
});

describe('reading under a declaration made to exhaust the reader', () => {
  it.each([
    ['separators', ';'.repeat(100_000)],
    ['spaces', `;${' '.repeat(100_000)}x`],
    ['a boundary that breaks off', `; boundary="${'b'.repeat(100_000)}`],
    ['a boundary and spaces', `; boundary=b${' '.repeat(100_000)}x`],
    ['boundaries', '; boundary=b'.repeat(10_000)],
  ])('R-88 comes to an end on 100 KB of %s', (_name, parameters) => {
    const reading = () => parse(`multipart/form-data${parameters}`, part);

    expect(reading).toThrow(new MalformedInput('multipart.boundary'));
  });
});
