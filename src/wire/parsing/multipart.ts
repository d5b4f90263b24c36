// The fields of a `multipart/form-data` body that lies in memory whole. Files are not for these endpoints.
import { copied, decodeUtf8 } from './characters.ts';
import { DEFAULT_LIMITS, FlatFields, type ParseLimits, type TextFields } from './fields.ts';
import { MalformedInput } from './malformed.ts';

const LINE_END = '\r\n';
const HEAD_END = '\r\n\r\n';
const BOUNDARY = /^[\w'()+,\-./:=? ]{0,69}[\w'()+,\-./:=?]$/;
const HEADER = /^([\w-]+):(.*)$/;
const DISPOSITION = /^form-data[ \t]*;[ \t]*name=(?:"([^"\\]*)"|([^\s"\\;]+))$/i;
const FILE_NAME = /;[ \t]*filename\*?[ \t]*=/i;
const SENT_AS_IS = /^(?:7bit|8bit|binary)$/i;

/**
 * Reads the fields of a multipart form, RFC 7578.
 *
 * Stricter than readers that must cope with mail: nothing stands before the first boundary or after the last, a part
 * has one plain name and no transfer encoding, all of it is UTF-8. A part that is not understood refuses the body; it is
 * never skipped.
 *
 * @param boundary as the Content-Type names it
 * @throws MalformedInput `text.*`, `multipart.*`
 */
export function parseMultipart(bytes: Uint8Array, boundary: string, limits: ParseLimits = DEFAULT_LIMITS): TextFields {
  if (!BOUNDARY.test(boundary)) throw new MalformedInput('multipart.boundary');
  const delimiter = `${LINE_END}--${boundary}`;
  const fields = new FlatFields('multipart', limits);

  // With a line end before it, the first boundary looks like all the others.
  const text = LINE_END + decodeUtf8(bytes);
  let at = text.startsWith(delimiter) ? delimiter.length : refuse();
  while (text.startsWith(LINE_END, at)) {
    const end = text.indexOf(delimiter, at);
    addPart(fields, text.slice(at, end < 0 ? refuse() : end));
    at = end + delimiter.length;
  }
  if (!CLOSING.has(text.slice(at, at + LONGEST_CLOSING))) refuse();
  return fields.collected;
}

/** What may follow the last boundary, and how much of it must be seen to tell. */
const CLOSING: ReadonlySet<string> = new Set(['--', `--${LINE_END}`]);
const LONGEST_CLOSING = 5;

function refuse(): never {
  throw new MalformedInput('multipart.syntax');
}

/** Takes one part: a line end, headers each with its own, an empty line, the text. */
function addPart(fields: FlatFields, part: string): void {
  const headEnd = part.indexOf(HEAD_END);
  if (headEnd < 0) refuse();

  const headers = readHeaders(part.slice(LINE_END.length, headEnd));
  if (!SENT_AS_IS.test(headers.get('content-transfer-encoding') ?? 'binary')) refuse();
  fields.add(nameIn(headers.get('content-disposition')), copied(part.slice(headEnd + HEAD_END.length)));
}

function readHeaders(head: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of head.split(LINE_END)) {
    const [, name, value] = HEADER.exec(line) ?? refuse();
    const key = name?.toLowerCase() ?? '';
    if (headers.has(key)) refuse();
    headers.set(key, value?.trim() ?? '');
  }
  return headers;
}

function nameIn(disposition = ''): string {
  if (FILE_NAME.test(disposition)) throw new MalformedInput('multipart.file');
  const [, quoted, bare] = DISPOSITION.exec(disposition) ?? refuse();
  return quoted ?? bare ?? refuse();
}
