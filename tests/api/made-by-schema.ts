// Values made by a JSON schema, as random as it allows; and values it forbids.
import * as fc from 'fast-check';

/** The part of JSON Schema 2020-12 our own description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** What is better than chance, by the name of the member: somebody's real user name, a live token. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** What making values needs. */
export interface Workshop {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly known: Known;
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: fc
    .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2030-01-01') })
    .map((at) => at.toISOString().slice(0, 10)),
  'date-time': fc.date({ noInvalidDate: true, min: new Date(0) }).map((at) => at.toISOString()),
};

/** Values the schema allows. */
export function allowedBy(schema: Schema, workshop: Workshop, name = ''): fc.Arbitrary<unknown> {
  const made = madeBy(schema, workshop);
  const known = workshop.known[name] ?? [];
  return known.length === 0
    ? made
    : fc.oneof({ arbitrary: made, weight: 1 }, { arbitrary: fc.constantFrom(...known), weight: 6 });
}

function madeBy(schema: Schema, workshop: Workshop): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return madeBy(workshop.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, workshop);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => madeBy(choice, workshop)));
  const types = [schema.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => BY_TYPE[type]?.(schema, workshop) ?? fc.constant(null)));
}

const BY_TYPE: Readonly<Record<string, (schema: Schema, workshop: Workshop) => fc.Arbitrary<unknown>>> = {
  string: aText,
  integer: ({ minimum: min = 0, maximum: max = 1_000_000 }) => fc.integer({ min, max }),
  boolean: () => fc.boolean(),
  array: ({ items = {}, minItems: minLength = 0, maxItems = 5 }, workshop) =>
    fc.array(madeBy(items, workshop), { minLength, maxLength: Math.min(maxItems, 5) }),
  object: anObject,
};

function aText({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const formed = format === undefined ? undefined : FORMATS[format];
  if (formed !== undefined) return formed;
  const isFit = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern), { maxLength: Math.max(minLength + 20, 40) }).filter(isFit);
  return fc
    .string({ unit: 'grapheme-composite', minLength, maxLength: Math.min(maxLength, minLength + 40) })
    .filter(isFit);
}

function anObject({ properties = {}, required = [] }: Schema, workshop: Workshop): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(
    ([name, schema]) => [name, allowedBy(schema, workshop, name)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required], noNullPrototype: true });
}

/** A small damage: a member nobody knows, one left out, one of another type, or something that is no object at all. */
export function damaged(value: unknown): fc.Arbitrary<unknown> {
  const fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const names = Object.keys(fields);
  const strange = fc.constantFrom<unknown>(null, 7, true, [], {}, '', 'x'.repeat(9000), '\u0000', '\ud800');
  const unknown = fc.tuple(fc.constantFrom('unknown', 'roles', 'status', 'verified', 'constructor'), strange);
  const added = unknown.map(([name, other]) => ({ ...fields, [name]: other }));
  if (names.length === 0) return fc.oneof(added, strange);
  const name = fc.constantFrom(...names);
  const dropped = name.map((gone) => Object.fromEntries(Object.entries(fields).filter(([each]) => each !== gone)));
  const replaced = fc.tuple(name, strange).map(([each, other]) => ({ ...fields, [each]: other }));
  return fc.oneof(added, dropped, replaced, strange);
}
