// The description of our own API for machines (OpenAPI 3.1), made of the very schemas that validate.
import type { JsonObject, JsonValue } from '#core';
import type { TObject, TSchema } from '#wire';
import { AccountSchema } from '../accounts/account.ts';
import { ProfileChange, ProfileSchema } from '../accounts/profile.ts';
import { SessionSchema } from '../sessions.ts';
import type { ApiRow } from '../kit/define-call.ts';
import { type AnswerDocument, type CallDocument, TAGS } from '../kit/document.ts';
import { problemsOf } from './problem-answers.ts';

/** Schemas that stand once, under a name. */
const NAMED: readonly (readonly [name: string, schema: TSchema])[] = [
  ['Account', AccountSchema],
  ['Profile', ProfileSchema],
  ['ProfileChange', ProfileChange],
  ['Session', SessionSchema],
];

const INTRODUCTION =
  'The API of Understudy for new applications. Refusals are problem details (RFC 9457) whose `code` is stable; every one carries an `X-Support-Code`, under which the operator finds out why.';

/** The whole document. */
export function openApiOf(rows: readonly ApiRow[]): JsonObject {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Understudy',
      version: '1',
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Wherever this document came from.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: pathsOf(rows),
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of a session of this API.' },
        app: { type: 'http', scheme: 'basic', description: 'Id and signature of a registered application.' },
      },
      schemas: Object.fromEntries(NAMED.map(([name, schema]) => [name, plain(schema, name)])),
    },
  };
}

function pathsOf(rows: readonly ApiRow[]): JsonObject {
  const calls = Map.groupBy(rows, ({ on: [on = ''] }) => on);
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const [on, alternatives] of calls) {
    const [method = '', path = ''] = on.split(' ');
    (paths[path] ??= {})[method.toLowerCase()] = operationOf(alternatives);
  }
  return paths;
}

/** Rows that differ by what is sent are one operation. The one without a condition gives it its name. */
function operationOf(alternatives: readonly ApiRow[]): JsonObject {
  const main = alternatives.find(({ when }) => when === undefined) ?? alternatives[0];
  if (main === undefined) throw new Error('an operation without a row');
  const { document, endpoint } = main;
  const parameters = parametersOf(document);
  const body = bodyOf(alternatives.map((row) => row.document));
  return {
    operationId: endpoint.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    tags: [document.tag],
    summary: document.summary,
    ...(document.description !== undefined && { description: document.description }),
    security: document.auth === 'none' ? [] : [{ [document.auth]: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(answersOf(document).map((answer) => [String(answer.status), describeAnswer(answer)])),
      ...problemsOf(alternatives.map((row) => row.document)),
    },
  };
}

const answersOf = ({ answer, otherwise }: CallDocument): readonly AnswerDocument[] =>
  otherwise === undefined ? [answer] : [answer, otherwise];

function describeAnswer({
  description,
  body,
  contentType = 'application/json',
  headers = {},
}: AnswerDocument): JsonObject {
  const described = Object.entries(headers).map(([name, about]) => [
    name,
    { description: about, schema: { type: 'string' } },
  ]);
  return {
    description,
    ...(described.length > 0 && { headers: Object.fromEntries(described) as JsonObject }),
    ...(body && { content: { [contentType]: { schema: plain(body) } } }),
  };
}

type Place = 'path' | 'query' | 'header';

function parametersOf({ path, query, headers }: CallDocument): readonly JsonObject[] {
  return [...inPlace('path', path), ...inPlace('query', query), ...inPlace('header', headers)];
}

function inPlace(place: Place, schema: TObject | undefined): readonly JsonObject[] {
  if (schema === undefined) return [];
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...rest } = plain(property);
    return {
      name,
      in: place,
      required: schema.required?.includes(name) ?? false,
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function bodyOf(documents: readonly CallDocument[]): JsonObject | undefined {
  const schemas = documents.flatMap(({ body }) => (body === undefined ? [] : [plain(body)]));
  const [first] = schemas;
  if (first === undefined) return undefined;
  const schema = schemas.length > 1 ? { oneOf: schemas } : first;
  const forms = documents.some(({ takesForm }) => takesForm === true) ? FORM_AND_JSON : JSON_ALONE;
  return {
    required: documents.every(({ isBodyOptional }) => isBodyOptional !== true),
    content: Object.fromEntries(forms.map((form) => [form, { schema }])),
  };
}

const JSON_ALONE = ['application/json'];
const FORM_AND_JSON = ['application/json', 'application/x-www-form-urlencoded'];

/** The schema as plain data, with a reference where a named one stands. */
function plain(schema: TSchema, within?: string): JsonObject {
  const named = NAMED.find(([name, each]) => each === schema && name !== within);
  if (named !== undefined) return { $ref: `#/components/schemas/${named[0]}` };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === 'object' && value !== null ? plain(value) : (value as JsonValue);
}
