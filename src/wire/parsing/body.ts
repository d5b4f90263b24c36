// Which parser a body goes to: what the client declares, what it really sent, and what the endpoint reads.
import { DEFAULT_LIMITS, emptyRecord, type Fields, type ParseLimits } from './fields.ts';
import { parseForm } from './form.ts';
import { parseJson } from './json.ts';
import { MalformedInput } from './malformed.ts';
import { parseMultipart } from './multipart.ts';

/** The forms a body may come in. */
export type BodyForm = 'json' | 'form' | 'multipart';

/** A body as it came, and what the endpoint is ready to read. */
export interface ReceivedBody {
  /** The Content-Type header, whatever it says; its charset is ignored, for everything here is UTF-8. */
  readonly contentType?: string | undefined;
  readonly bytes: Uint8Array;
  /** The forms the endpoint reads. */
  readonly accepts: readonly BodyForm[];
  readonly limits?: ParseLimits;
  /** Whether no body at all stands for no fields; true by default. */
  readonly mayBeEmpty?: boolean;
}

/**
 * Reads the fields of a body.
 *
 * | the endpoint reads JSON, and the body | is read as |
 * |---|---|
 * | starts with `{` or `[`, whatever is declared | JSON |
 * | is declared as JSON, as something unknown or not at all | JSON |
 * | is declared as a form the endpoint does not read | JSON |
 * | otherwise, and where the endpoint does not read JSON | what is declared |
 *
 * @throws MalformedInput any of its reasons but `query.*`
 *
 * @example
 * parseBody({ contentType: 'application/x-www-form-urlencoded', bytes, accepts: ['json', 'form'] });
 */
export function parseBody(body: ReceivedBody): Fields {
  if (body.bytes.length > 0) return PARSERS[formOf(body)](body);
  if (body.mayBeEmpty === false) throw new MalformedInput('body.empty');
  return emptyRecord();
}

const PARSERS: Readonly<Record<BodyForm, (body: ReceivedBody) => Fields>> = {
  json: ({ bytes, limits }) => parseJsonObject(bytes, limits),
  form: ({ bytes, limits }) => parseForm(bytes, limits),
  multipart: ({ bytes, limits, contentType }) => parseMultipart(bytes, boundaryIn(contentType), limits),
};

function formOf({ contentType, bytes, accepts }: ReceivedBody): BodyForm {
  const declared = declaredForm(contentType);
  const isExpected = declared !== undefined && accepts.includes(declared);
  if (accepts.includes('json') && (!isExpected || startsLikeJson(bytes))) return 'json';

  if (!isExpected) throw new MalformedInput('body.unsupported-type');
  return declared;
}

function parseJsonObject(bytes: Uint8Array, limits: ParseLimits = DEFAULT_LIMITS): Fields {
  const value = parseJson(bytes, limits);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new MalformedInput('json.not-object');
  return value as Fields;
}

function declaredForm(contentType = ''): BodyForm | undefined {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType === 'multipart/form-data') return 'multipart';
  return mediaType === 'application/json' ? 'json' : undefined;
}

const JSON_WHITE_SPACE: ReadonlySet<number | undefined> = new Set([0x09, 0x0a, 0x0d, 0x20]);

function startsLikeJson(bytes: Uint8Array): boolean {
  let at = 0;
  while (JSON_WHITE_SPACE.has(bytes[at])) at += 1;
  return bytes[at] === 0x7b || bytes[at] === 0x5b;
}

const BOUNDARY_PARAMETER = /^[ \t]*boundary=(?:"([^"\\]*)"|([^\s"\\]+))[ \t]*$/i;

function boundaryIn(contentType = ''): string {
  const named = contentType
    .split(';')
    .slice(1)
    .map((parameter) => BOUNDARY_PARAMETER.exec(parameter))
    .filter((found) => found !== null);
  const [, quoted, bare] = named.length === 1 ? (named[0] ?? []) : [];
  return quoted ?? bare ?? '';
}
