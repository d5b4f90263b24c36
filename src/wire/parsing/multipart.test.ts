// What a multipart form lets in, and the reason it gives for everything else.
import { describe, expect, it } from 'vitest';
import { MalformedInput } from './malformed.ts';
import { parseMultipart } from './multipart.ts';

const parse = (text: string, boundary = 'b') => parseMultipart(Buffer.from(text), boundary);
const lines = (...all: readonly string[]) => all.join('\r\n');
const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;
const field = (name: string, value: string) => lines('--b', named(name), '', value, '');

describe('reading the fields of a multipart form', () => {
  it('reads them as a browser writes them', () => {
    const text = lines(
      '------WebKitFormBoundary7MA4YWxkTrZu0gW',
      'Content-Disposition: form-data; name="accounts"',
      '',
      '张三丰',
      '------WebKitFormBoundary7MA4YWxkTrZu0gW',
      'Content-Disposition: form-data; name="pwd"',
      '',
      ' two\r\nlines & a=b%20c ',
      '------WebKitFormBoundary7MA4YWxkTrZu0gW--',
      '',
    );

    const fields = parse(text, '----WebKitFormBoundary7MA4YWxkTrZu0gW');

    expect(fields).toEqual({ accounts: '张三丰', pwd: ' two\r\nlines & a=b%20c ' });
  });

  it('reads them as mobile libraries write them, with more headers and bare names', () => {
    const text = lines(
      '--b',
      'content-disposition: form-data;name=accounts',
      'Content-Type: text/plain; charset=UTF-8',
      'Content-Transfer-Encoding: 8bit',
      'Content-Length: 5',
      '',
      'alice',
      '--b--',
    );

    const fields = parse(text);

    expect(fields).toEqual({ accounts: 'alice' });
  });

  it('reads what the platform itself writes', async () => {
    const written = new FormData();
    written.append('accounts', 'alice@example.com');
    written.append('pwd', '密码 "quoted" --b');
    written.append('empty', '');
    const response = new Response(written);
    const boundary = response.headers.get('content-type')?.split('boundary=')[1] ?? '';

    const fields = parseMultipart(await response.bytes(), boundary);

    expect(fields).toEqual({ accounts: 'alice@example.com', pwd: '密码 "quoted" --b', empty: '' });
  });

  it('gives the fields no prototype', () => {
    const fields = parse(`${field('a', '1')}--b--`);

    expect(Object.getPrototypeOf(fields)).toBeNull();
  });

  it('keeps line ends that belong to a text and drops the one that belongs to the boundary', () => {
    const fields = parse(`${field('a', '\r\n1\r\n')}--b--\r\n`);

    expect(fields).toEqual({ a: '\r\n1\r\n' });
  });

  it('reads a text whose lines only resemble the boundary', () => {
    const fields = parse(`${field('a', '--\r\n-b\r\n --b\r\n--c')}--b--`);

    expect(fields).toEqual({ a: '--\r\n-b\r\n --b\r\n--c' });
  });
});

describe('reading what is no multipart form', () => {
  it.each([
    ['nothing', ''],
    ['a form', 'user=alice&pass=secret'],
    ['a body cut off in its head', lines('--b', named('a'))],
    ['a body cut off in its text', lines('--b', named('a'), '', 'secr')],
    ['a last boundary that does not close', `${field('a', '1')}--b`],
    ['a last boundary that closes by half', `${field('a', '1')}--b-`],
    ['a boundary that goes on', `${field('a', '1')}--bx--`],
    ['text before the first boundary', `preamble\r\n${field('a', '1')}--b--`],
    ['text after the last boundary', `${field('a', '1')}--b--\r\nepilogue`],
    ['a second body after the last boundary', `${field('a', '1')}--b--\r\n${field('b', '2')}--b--`],
    ['bare line feeds', `--b\n${named('a')}\n\n1\n--b--`],
    ['a head with a bare line feed', `--b\r\n${named('a')}\nX: y\r\n\r\n1\r\n--b--`],
    ['a part without a head', '--b\r\n\r\n1\r\n--b--'],
    ['a part without a disposition', '--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--'],
    ['a part of another disposition', '--b\r\nContent-Disposition: attachment; name="a"\r\n\r\n1\r\n--b--'],
    ['a part without a name', '--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--'],
    ['a part with two names', `--b\r\n${named('a')}; name="c"\r\n\r\n1\r\n--b--`],
    ['a name in an encoding of its own', "--b\r\nContent-Disposition: form-data; name*=utf-8''a\r\n\r\n1\r\n--b--"],
    ['a name with an escape', `--b\r\n${named('a\\"b')}\r\n\r\n1\r\n--b--`],
    ['two dispositions', `--b\r\n${named('a')}\r\n${named('c')}\r\n\r\n1\r\n--b--`],
    ['a folded header', '--b\r\nContent-Disposition: form-data;\r\n name="a"\r\n\r\n1\r\n--b--'],
    ['a transfer encoding', `--b\r\n${named('a')}\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--`],
  ])('refuses %s', (_name, text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('multipart.syntax'));
  });

  it.each([`${named('a')}; filename="x.txt"`, `${named('a')}; filename=""`, `${named('a')};FileName*=utf-8''x`])(
    'refuses a file: %s',
    (disposition) => {
      const reading = () => parse(`--b\r\n${disposition}\r\n\r\n1\r\n--b--`);

      expect(reading).toThrow(new MalformedInput('multipart.file'));
    },
  );

  it.each(['', ' ', 'b ', 'b\r\n', 'b\0', 'b"', 'b;c', 'bé', 'b'.repeat(71)])('refuses the boundary %j', (boundary) => {
    const reading = () => parse(`--${boundary}--`, boundary);

    expect(reading).toThrow(new MalformedInput('multipart.boundary'));
  });
});

describe('reading fields that may not stand in a form', () => {
  it.each([
    ['R-78', 'multipart.repeated-key', `${field('user', 'a')}${field('user', 'b')}`],
    ['R-78', 'multipart.bracket-key', field('user[]', 'a')],
    ['R-79', 'multipart.forbidden-key', field('__proto__', 'a')],
    ['R-79', 'multipart.forbidden-key', field('constructor', 'a')],
    ['R-80', 'multipart.too-many-fields', Array.from({ length: 65 }, (_, at) => field(`k${String(at)}`, '1')).join('')],
  ] as const)('%s refuses with %s', (_id, reason, parts) => {
    const reading = () => parse(`${parts}--b--`);

    expect(reading).toThrow(new MalformedInput(reason));
  });

  it('R-80 reads 64 fields', () => {
    const parts = Array.from({ length: 64 }, (_, at) => field(`k${String(at)}`, '1')).join('');

    const fields = parse(`${parts}--b--`);

    expect(Object.keys(fields)).toHaveLength(64);
  });

  it.each([
    ['boundaries', '--b\r\n'.repeat(200_000)],
    ['line ends', `--b\r\n${'\r\n'.repeat(500_000)}`],
    ['a header of spaces', `--b\r\n${named('a')}\r\nX:${' '.repeat(1_000_000)}\n\r\n\r\n1\r\n--b--`],
    ['a disposition of separators', `--b\r\nContent-Disposition: form-data${'; '.repeat(500_000)}\r\n\r\n1\r\n--b--`],
    ['half boundaries', `--b\r\n${named('a')}\r\n\r\n${'\r\n--'.repeat(250_000)}`],
  ])('R-88 comes to an end on a million bytes of %s', (_name, text) => {
    const reading = () => parse(text);

    expect(reading).toThrow(new MalformedInput('multipart.syntax'));
  });
});
