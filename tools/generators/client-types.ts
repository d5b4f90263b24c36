// Writes the types of the client package from the OpenAPI document: for each call what is sent, and what comes back.

/** The part of JSON Schema (2020-12) the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** The part of an OpenAPI 3.1 document that is read. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const OPENING = '// What the calls of /api/v1 take and give, from its OpenAPI document. Generated: npm run gen';
const PREFIX = '/api/v1';
/** Calls the package does not make. */
const LEFT_OUT = new Set(['Administration', 'Reference']);
const PRIMITIVES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'number',
  null: 'null',
  number: 'number',
  string: 'string',
};

/** The text of the file. @throws Error for a schema of a kind that is not known here */
export function clientTypes({ paths, components = {} }: ApiDocument): string {
  const named = Object.entries(components.schemas ?? {}).map(
    ([name, schema]) => `${commentOn(schema, '')}export type ${name} = ${typeOf(schema, '')};`,
  );
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => callOf(`${method.toUpperCase()} ${path}`, operation)),
  );
  return [
    OPENING,
    ...named,
    `/** By method and path, below ${PREFIX}. */\nexport interface Api {\n${calls.join('\n')}\n}\n`,
  ].join('\n\n');
}

function callOf(name: string, { summary = '', tags = [], requestBody, responses }: Operation): readonly string[] {
  if (tags.some((tag) => LEFT_OUT.has(tag))) return [];
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const answer = answers.map(([, content]) => schemaIn(content)).find((schema) => schema !== undefined);
  const body = schemaIn(requestBody);
  const members = Object.entries({ body, answer }).flatMap(([member, schema]) =>
    schema === undefined ? [] : [`    readonly ${member}: ${typeOf(schema, '    ')};`],
  );
  if (members.length === 0) return [];
  return [`  /** ${summary} */\n  readonly '${name.replace(PREFIX, '')}': {\n${members.join('\n')}\n  };`];
}

function schemaIn(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema;
}

function typeOf(schema: Schema, indent: string): string {
  const { $ref, anyOf, oneOf, type } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? 'unknown';
  const choices = anyOf ?? oneOf;
  if (choices) return unionOf(choices.map((choice) => typeOf(choice, indent)));
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return unionOf(schema.enum.map(literal));
  if (type === undefined) return 'unknown';
  return unionOf([type].flat().map((name) => PRIMITIVES[name] ?? structureOf(name, schema, indent)));
}

function structureOf(name: string, schema: Schema, indent: string): string {
  if (name === 'array') return `readonly ${elementOf(schema, indent)}[]`;
  if (name !== 'object') throw new Error(`A schema of type ${name} cannot be turned into a type`);
  const values = valuesOf(schema);
  if (values) return `Readonly<Record<string, ${typeOf(values, indent)}>>`;
  const inner = `${indent}  `;
  const members = Object.entries(schema.properties ?? {}).map(([key, member]) => {
    const mark = schema.required?.includes(key) === true ? '' : '?';
    return `${commentOn(member, inner)}${inner}readonly ${nameOf(key)}${mark}: ${typeOf(member, inner)};\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

const nameOf = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : literal(key));

function elementOf({ items = {} }: Schema, indent: string): string {
  const type = typeOf(items, indent);
  return /^\w+$/.test(type) ? type : `(${type})`;
}

/** Of an object that is a dictionary: what its values are. */
function valuesOf({ additionalProperties, patternProperties }: Schema): Schema | undefined {
  if (typeof additionalProperties === 'object') return additionalProperties;
  return Object.values(patternProperties ?? {})[0];
}

function unionOf(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}

const literal = (value: unknown): string => JSON.stringify(value);

function commentOn({ description }: Schema, indent: string): string {
  return description === undefined
    ? ''
    : `${indent}/** ${description.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
}
