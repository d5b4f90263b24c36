// The description of our own API as a client reads it: operations one by one, and whether what was heard is what was described.
import { openApi } from '#api';
import type { Heard } from '#tests/support/talk';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import type { Schema } from './made-by-schema.ts';

interface Content {
  readonly [contentType: string]: { readonly schema: Schema };
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** One operation as it is described. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content; readonly headers?: object }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The whole of it. */
export const DESCRIPTION = JSON.parse(JSON.stringify(openApi())) as Description;

/** Every operation. */
export const OPERATIONS: readonly Operation[] = Object.entries(DESCRIPTION.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'https://described.example/', components: DESCRIPTION.components });

const compiled = new Map<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const absolute = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components', '"https://described.example/#/components'),
  ) as object;
  const made = ajv.compile(absolute);
  compiled.set(schema, made);
  return made;
}

/** Why the value is not what the schema says; undefined when it is. */
export function misfit(schema: Schema, value: unknown): string | undefined {
  const validate = validatorOf(schema);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** Whether the answer is one of those described: its status, its content type, and its body. What is wrong otherwise. */
export function surprise({ responses }: Operation, { status, headers, body }: Heard): string | undefined {
  const described = responses[String(status)];
  if (described === undefined) return `status ${status} is not described: ${body}`;
  const contents = Object.entries(described.content ?? {});
  if (contents.length === 0) return body === '' ? undefined : `a body where none is described: ${body}`;
  const heard = String(headers['content-type']).split(';')[0];
  const [, content] = contents.find(([type]) => type.split(';')[0] === heard) ?? [];
  if (content === undefined) return `content type ${heard} is not described for ${status}`;
  const isJson = heard?.endsWith('json') === true;
  const wrong = misfit(content.schema, isJson ? JSON.parse(body) : body);
  return wrong === undefined ? undefined : `${status}: ${wrong} in ${body}`;
}
