// Reads what a call was given, by the very schemas it is documented with.
import { type JsonObject, type JsonValue, Refusal, Secret, type SessionClaim } from '#core';
import {
  bearerIn,
  Compile,
  Errors,
  type Fields,
  type PathSegments,
  segmentsIn,
  type Static,
  type TObject,
  type Validator,
  type WireRequest,
} from '#wire';
import type { Auth, CallDocument } from './document.ts';

/** An application's claim to be who it says. */
export interface AppCredential {
  readonly id: string;
  readonly signature: Secret;
}

/** What proves who calls. */
export interface Credentials {
  readonly none: undefined;
  readonly session: SessionClaim;
  readonly app: AppCredential;
}

/** What a call was given, checked. */
export interface Input<Who extends Auth, Path extends TObject, Query extends TObject, Body extends TObject> {
  readonly credential: Credentials[Who];
  readonly path: Static<Path>;
  readonly query: Static<Query>;
  readonly body: Static<Body>;
  /** One header by lower-case name; undefined when absent. */
  readonly header: (name: string) => string | undefined;
}

/** @throws Refusal `session.unknown`, `input.malformed` */
export function readInput(
  document: CallDocument,
  on: string,
  request: WireRequest,
): Input<Auth, TObject, TObject, TObject> {
  const credential = CREDENTIALS[document.auth](request);
  return {
    credential,
    path: document.path === undefined ? {} : admit(document.path, segmentsOf(on, request)),
    query: admit(document.query, numbered(document.query, request.query())),
    body: admit(document.body, bodyOf(document, request)),
    header: checkedHeaders(document.headers, request),
  };
}

const CREDENTIALS: { readonly [Who in Auth]: (request: WireRequest) => Credentials[Who] } = {
  none: () => undefined,
  session: sessionIn,
  app: appIn,
};

function sessionIn(request: WireRequest): SessionClaim {
  const token = bearerIn(request);
  if (token === undefined) throw new Refusal('session.unknown', { remark: 'no token came' });
  return { token };
}

/** Id and signature are form-encoded before they are joined (RFC 6749, section 2.3.1); those we issue need no encoding. */
function appIn(request: WireRequest): AppCredential {
  const encoded = /^basic ([a-z0-9+/]+={0,2})$/i.exec(request.header('authorization') ?? '')?.[1];
  const plain = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const cut = plain.indexOf(':');
  if (cut < 1) throw new Refusal('session.unknown', { remark: 'no usable Basic credentials' });
  return { id: plain.slice(0, cut), signature: new Secret(plain.slice(cut + 1)) };
}

/** A call without a documented body takes none: whatever is sent was meant for something else. */
function bodyOf({ body, isBodyOptional, takesForm }: CallDocument, request: WireRequest): Fields {
  if (body !== undefined && (request.hasBody || isBodyOptional !== true))
    return takesForm === true ? request.body('form', 'json') : request.body('json');
  if (request.hasBody) throw new Refusal('input.malformed', { remark: 'no body is read here' });
  return {};
}

function segmentsOf(on: string, { method, path }: WireRequest): JsonObject {
  const segments: PathSegments = segmentsIn(on, `${method} ${path}`) ?? {};
  try {
    return Object.fromEntries(Object.entries(segments).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    throw new Refusal('input.malformed', { remark: 'the path is not percent-encoded UTF-8' });
  }
}

/** A query knows only text: what the schema calls a number is one if it reads like one. */
function numbered(schema: TObject | undefined, fields: Fields): JsonObject {
  const read = ([name, value]: [string, JsonValue]): [string, JsonValue] => {
    const kind: unknown = schema?.properties[name] && Reflect.get(schema.properties[name], 'type');
    const isNumber = kind === 'integer' && typeof value === 'string' && /^\d{1,15}$/.test(value);
    return [name, isNumber ? Number(value) : value];
  };
  return Object.fromEntries(Object.entries(fields).map(read));
}

function checkedHeaders(schema: TObject | undefined, request: WireRequest): WireRequest['header'] {
  const names = Object.keys(schema?.properties ?? {});
  const given = names.map((name) => [name, request.header(name)] as const).filter(([, value]) => value !== undefined);
  admit(schema, Object.fromEntries(given) as JsonObject);
  return (name) => request.header(name);
}

const validators = new WeakMap<TObject, Validator>();

/** Compiled when it is first needed: it takes milliseconds then, and a sixtieth of the time ever after. */
function validatorOf(schema: TObject): Validator {
  const validator = validators.get(schema) ?? Compile(schema);
  validators.set(schema, validator);
  return validator;
}

/** Unknown fields are refused: a misspelt one must not be a silent no. */
function admit(schema: TObject | undefined, fields: JsonObject): Static<TObject> {
  const isFine = schema === undefined ? Object.keys(fields).length === 0 : validatorOf(schema).Check(fields);
  if (isFine) return fields as Static<TObject>;
  throw new Refusal('input.malformed', whereWrong(schema, fields));
}

/** Names are told only if they are ours. */
function whereWrong(schema: TObject | undefined, fields: JsonObject): { field?: string; remark?: string } {
  const known = Object.keys(schema?.properties ?? {});
  if (Object.keys(fields).some((name) => !known.includes(name))) return { remark: 'unknown field' };
  const [first] = schema === undefined ? [] : Errors(schema, fields);
  const field = first === undefined ? '' : fieldOf(first);
  return known.includes(field) ? { field } : {};
}

function fieldOf(error: ReturnType<typeof Errors>[number]): string {
  const missing = error.keyword === 'required' ? error.params.requiredProperties[0] : undefined;
  return missing ?? error.instancePath.split('/')[1] ?? '';
}
