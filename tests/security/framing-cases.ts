// Requests whose length, lines or target two servers could read in two ways: what smuggling is made of.

/** One way to be ambiguous, byte by byte. */
export interface FramingCase {
  readonly name: string;
  readonly bytes: string;
}

interface Parts {
  readonly line?: string;
  readonly headers: readonly string[];
  readonly body?: string;
}

/** The cases, each aimed at a call that exists, with a body that would be read if anybody did. */
export function framingCases(path: string, body: string): readonly FramingCase[] {
  const length = Buffer.byteLength(body);
  const chunked = `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const write = ({ line = `POST ${path} HTTP/1.1`, headers, body: sent = body }: Parts): string =>
    [line, ...headers, '', sent].join('\r\n');
  const HOST = 'Host: login.example.org';
  const LENGTH = `Content-Length: ${length}`;
  const CHUNKED = 'Transfer-Encoding: chunked';
  const smuggled = `0\r\n\r\nPOST ${path} HTTP/1.1\r\n${HOST}\r\n${LENGTH}\r\n\r\n${body}`;

  const cases: Readonly<Record<string, string>> = {
    'a length and chunks': write({ headers: [HOST, LENGTH, CHUNKED], body: chunked }),
    'chunks and a length': write({ headers: [HOST, CHUNKED, LENGTH], body: chunked }),
    'a second request behind an empty chunk': write({
      headers: [HOST, `Content-Length: ${smuggled.length}`, CHUNKED],
      body: smuggled,
    }),
    'the same length twice': write({ headers: [HOST, LENGTH, LENGTH] }),
    'two lengths': write({ headers: [HOST, LENGTH, 'Content-Length: 0'] }),
    'a list of lengths': write({ headers: [HOST, `Content-Length: ${length}, ${length}`] }),
    'a length with a sign': write({ headers: [HOST, `Content-Length: +${length}`] }),
    'a length below nothing': write({ headers: [HOST, 'Content-Length: -1'] }),
    'a hexadecimal length': write({ headers: [HOST, `Content-Length: 0x${length.toString(16)}`] }),
    'a length of two words': write({ headers: [HOST, `Content-Length: ${length} 0`] }),
    'a length beyond all numbers': write({ headers: [HOST, 'Content-Length: 99999999999999999999999'] }),
    'chunks that are identical afterwards': write({
      headers: [HOST, 'Transfer-Encoding: chunked, identity'],
      body: chunked,
    }),
    'an unknown encoding': write({ headers: [HOST, 'Transfer-Encoding: xchunked'], body: chunked }),
    'an encoding after a vertical tab': write({ headers: [HOST, 'Transfer-Encoding:\x0bchunked'], body: chunked }),
    'two encodings': write({ headers: [HOST, CHUNKED, 'Transfer-Encoding: identity'], body: chunked }),
    'lines that end with LF alone': write({ headers: [HOST, LENGTH] }).replaceAll('\r\n', '\n'),
    'a line that ends with CR alone': write({ headers: [`${HOST}\rX-A: b`, LENGTH] }),
    'a header continued on the next line': write({ headers: [HOST, 'X-A: b', ' c', LENGTH] }),
    'a space before the colon': write({ headers: [HOST, `Content-Length : ${length}`] }),
    'a header without a name': write({ headers: [HOST, ': x', LENGTH] }),
    'a header with a strange name': write({ headers: [HOST, 'X(A): b', LENGTH] }),
    'NUL in a header': write({ headers: [HOST, 'X-A: b\0c', LENGTH] }),
    'no host': write({ headers: [LENGTH] }),
    'two hosts': write({ headers: [HOST, 'Host: evil.example', LENGTH] }),
    'a whole address': write({ line: `POST http://evil.example${path} HTTP/1.1`, headers: [HOST, LENGTH] }),
    'an asterisk': write({ line: 'OPTIONS * HTTP/1.1', headers: [HOST], body: '' }),
    'an authority': write({ line: 'CONNECT evil.example:443 HTTP/1.1', headers: ['Host: evil.example'], body: '' }),
    'chunks under HTTP/1.0': write({ line: `POST ${path} HTTP/1.0`, headers: [HOST, CHUNKED], body: chunked }),
    'HTTP/2 in clear': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    'HTTP/3.7': write({ line: `POST ${path} HTTP/3.7`, headers: [HOST, LENGTH] }),
    'HTTP/0.9': `GET ${path}\r\n\r\n`,
    'HTTP/0.9 with headers': `GET ${path}\r\n${HOST}\r\n\r\n`,
    'a GET with a body': write({ line: `GET ${path} HTTP/1.1`, headers: [HOST, LENGTH] }),
    'a HEAD with chunks': write({ line: `HEAD ${path} HTTP/1.1`, headers: [HOST, CHUNKED], body: chunked }),
    'a method nobody knows': write({ line: `SMUGGLE ${path} HTTP/1.1`, headers: [HOST, LENGTH] }),
    'a request line with tabs': write({ line: `POST\t${path}\tHTTP/1.1`, headers: [HOST, LENGTH] }),
    'a chunk of negative size': write({ headers: [HOST, CHUNKED], body: `-1\r\n${body}\r\n0\r\n\r\n` }),
    'a chunk of hexadecimal size with a prefix': write({ headers: [HOST, CHUNKED], body: `0x${chunked}` }),
    'a chunk larger than its size': write({ headers: [HOST, CHUNKED], body: `1\r\n${body}\r\n0\r\n\r\n` }),
    'a chunk extension with LF': write({ headers: [HOST, CHUNKED], body: chunked.replace('\r\n', ';a\n') }),
    'a chunk of overflowing size': write({
      headers: [HOST, CHUNKED],
      body: `ffffffffffffffff1\r\n${body}\r\n0\r\n\r\n`,
    }),
  };
  return Object.entries(cases).map(([name, bytes]) => ({ name, bytes }));
}
