// Bytes that are no text, and texts that hold what nobody can see, get one answer, always the same.
import { talk } from '#tests/support/talk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { invite, type Somebody, startWorld, type World } from '../laws/somebody.ts';
import { SPEAKERS, told } from '../laws/speakers.ts';

let world: World;
let person: Somebody;
beforeAll(async () => {
  world = await startWorld();
  person = await invite(world);
});
afterAll(() => world.server.close());

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const escape = (text: string): Buffer =>
  utf8(
    Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );

/** Pieces of a JSON string, as bytes. */
const STRANGE: readonly (readonly [string, Buffer])[] = [
  ...['\u0000', '\u0001', '\u0008', '\u000b', '\u001b', '\u001f'].map(
    (text) => [`control ${text.charCodeAt(0)} with an escape`, escape(text)] as const,
  ),
  ...['\u0000', '\u0001', '\u0007', '\u000b', '\u001b', '\u001f'].map(
    (text) => [`control ${text.charCodeAt(0)} as it is`, utf8(text)] as const,
  ),
  ...['\u007f', '\u0080', '\u0085', '\u009b', '\u009f'].flatMap((text) => [
    [`control ${text.charCodeAt(0)} as it is`, utf8(text)] as const,
    [`control ${text.charCodeAt(0)} with an escape`, escape(text)] as const,
  ]),
  ...['\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069', '\u061c'].map(
    (text) => [`direction ${text.charCodeAt(0).toString(16)}`, utf8(text)] as const,
  ),
  ['a byte order mark inside', utf8('\ufeff')],
  ['a byte order mark with an escape', escape('\ufeff')],
  ['half a pair, the first', escape('\ud800')],
  ['half a pair, the second', escape('\udc00')],
  ['a pair the wrong way round', escape('\udc00\ud800')],
  ['an overlong slash', Buffer.from([0xc0, 0xaf])],
  ['an overlong NUL', Buffer.from([0xc0, 0x80])],
  ['an overlong slash of three bytes', Buffer.from([0xe0, 0x80, 0xaf])],
  ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80])],
  ['a pair of surrogates in UTF-8', Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])],
  ['a character cut off', Buffer.from([0xe5, 0xbc])],
  ['a lone continuation', Buffer.from([0x80])],
  ['a character beyond Unicode', Buffer.from([0xf4, 0x90, 0x80, 0x80])],
  ['GBK', Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])],
  ['GBK that swallows the quote', Buffer.from([0xbf, 0x5c])],
  ['Latin-1', Buffer.from([0xe9])],
  ['0xFF', Buffer.from([0xff, 0xfe])],
];

describe.each(SPEAKERS)('strange characters sent to $name', (speaker) => {
  /** The right login as bytes, one value of it followed by a strange piece. */
  const bytesWith = (field: string, piece: Buffer): Buffer => {
    const right = speaker.fields(person, world.app);
    const [head, tail] = JSON.stringify({ ...right, [field]: `${String(right[field])}\u0001` }).split('\\u0001');
    return Buffer.concat([utf8(head ?? ''), piece, utf8(tail ?? '')]);
  };
  const said = (body: Buffer) => ({
    path: speaker.path,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
  });

  it.each(STRANGE)('R-82 are refused, always alike: %s', async (_, piece) => {
    const bodies = [speaker.who, speaker.password, speaker.password].map((field) => bytesWith(field, piece));

    const heard = await Promise.all(bodies.map((body) => talk(world.server.port, said(body))));

    expect(heard.map(told)).toEqual(bodies.map(() => speaker.answers.malformed));
  });

  it.each<[string, (text: string) => Buffer]>([
    ['a byte order mark before it', (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(text)])],
    ['UTF-16, little end first', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text) => Buffer.from(text, 'utf16le').swap16()],
    ['a NUL behind it', (text) => utf8(`${text}\u0000`)],
    ['a form feed before it', (text) => utf8(`\u000c${text}`)],
  ])('R-82 are refused in a whole body: %s', async (_, spell) => {
    const body = spell(JSON.stringify(speaker.fields(person, world.app)));

    expect(told(await talk(world.server.port, said(body)))).toBe(speaker.answers.malformed);
  });
});

describe('strange characters in forms and queries', () => {
  const formSpeakers = SPEAKERS.filter(({ dialect }) => dialect === 'nobase' || dialect === 'shopxo');
  const PIECES = [
    '%00',
    '%01',
    '%1b',
    '%7f',
    '%c2%85',
    '%e2%80%ae',
    '%ef%bb%bf',
    '%ed%a0%80',
    '%c0%af',
    '%d5%c5',
    '%ff',
    '%',
    '%2',
    '%zz',
    '%u0041',
  ];

  it.each(formSpeakers.flatMap((speaker) => PIECES.map((piece) => ({ name: speaker.name, speaker, piece }))))(
    'R-82 are refused, always alike: $piece in $name',
    async ({ speaker, piece }) => {
      const fields = Object.entries(speaker.fields(person, world.app)).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      const text = `${new URLSearchParams(fields).toString()}${piece}`;
      const glue = speaker.path.includes('?') ? '&' : '?';

      const heard = await Promise.all([
        talk(world.server.port, {
          path: speaker.path,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: text,
        }),
        talk(world.server.port, { method: 'GET', path: `${speaker.path}${glue}${text}` }),
      ]);

      expect(heard.map(told)).toEqual([speaker.answers.malformed, speaker.answers.malformed]);
    },
  );
});

describe('characters that are only unusual', () => {
  it.each([
    'пароль-пароль-пароль',
    '密码密码密码密码密码密码密码密码',
    '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀',
    'a b\tc\nd e f g h i j k',
    '"\'\\</script>&%00+=;',
  ])('R-82 make a password like any other: %j', async (password) => {
    const somebody = await invite(world, { password });

    const heard = await Promise.all(
      SPEAKERS.map((speaker) =>
        talk(world.server.port, { path: speaker.path, body: JSON.stringify(speaker.fields(somebody, world.app)) }),
      ),
    );

    expect(heard.map((each, index) => SPEAKERS[index]?.tokenIn(each) !== undefined)).toEqual(SPEAKERS.map(() => true));
  });
});
