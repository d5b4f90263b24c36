// What a client can send too much of, and streams that never end.
import { gzipSync } from 'node:zlib';

import type { Said } from '#tests/support/talk';

/** One way to send too much; made when it is needed, for some are large. */
export interface TooMuch {
  readonly name: string;
  readonly said: () => Omit<Said, 'path'>;
}

const MIB = 1024 * 1024;

const many = (count: number, spell: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => spell(index)).join();
const posted = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Omit<Said, 'path'> => ({
  headers: { 'content-type': 'application/json', ...headers },
  body,
});
const bomb = (): Uint8Array => gzipSync(Buffer.alloc(16 * MIB, ' '));

// oxfmt-ignore
export const TOO_MUCH: readonly TooMuch[] = [
  { name: '65 members',                             said: () => posted(`{${many(65, (index) => `"k${index}":1`)}}`) },
  { name: '65 elements',                            said: () => posted(`{"a":[${many(65, () => '1')}]}`) },
  { name: '100 000 members',                        said: () => posted(`{${many(100_000, (index) => `"k${index}":1`)}}`) },
  { name: '30 000 lists in one another',            said: () => posted('['.repeat(30_000) + ']'.repeat(30_000)) },
  { name: '200 000 lists in one another',           said: () => posted('['.repeat(200_000)) },
  { name: 'five objects in one another',            said: () => posted('{"a":'.repeat(5) + '1' + '}'.repeat(5)) },
  { name: '10 000 objects in one another',          said: () => posted('{"a":'.repeat(10_000)) },
  { name: 'a number beyond all numbers',            said: () => posted('{"a":1e999}') },
  { name: 'a number of 60 000 digits',              said: () => posted(`{"a":${'9'.repeat(60_000)}}`) },
  { name: 'a body of a mebibyte',                   said: () => posted(Buffer.alloc(MIB, 'a')) },
  { name: 'a bomb of gzip',                         said: () => posted(bomb(), { 'content-encoding': 'gzip' }) },
  { name: 'a bomb of gzip that says nothing of it', said: () => posted(bomb()) },
];

/** A stream that goes on until somebody hangs up. */
export interface Endless {
  readonly name: string;
  readonly head: (path: string) => string;
  readonly chunk: string;
}

const post = (path: string, ...headers: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: a', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');

export const ENDLESS: readonly Endless[] = [
  {
    name: 'a million members',
    head: (path) => post(path, 'Content-Length: 16000000'),
    chunk: `{${many(1_000_000, (index) => `"k${index}":1`)}}`,
  },
  { name: 'a declared gibibyte', head: (path) => post(path, 'Content-Length: 1073741824'), chunk: 'a'.repeat(65_536) },
  {
    name: 'chunks without end',
    head: (path) => post(path, 'Transfer-Encoding: chunked'),
    chunk: `10000\r\n${'a'.repeat(65_536)}\r\n`,
  },
  {
    name: 'tiny chunks without end',
    head: (path) => post(path, 'Transfer-Encoding: chunked'),
    chunk: '1\r\na\r\n'.repeat(1000),
  },
];
