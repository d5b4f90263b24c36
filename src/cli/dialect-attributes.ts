// The account fields of the dialects, held to what each dialect declares: a slip here would silently become a default there.
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { type JsonObject, type JsonValue, Refusal } from '#core';
import type { Dialect } from '#wire';

type Attributes = Readonly<Record<string, JsonObject>>;

/** Turns or checks one value. @throws Refusal */
type Treat = (value: JsonValue, schema: TSchema, path: string) => JsonValue;

function schemasOf(name: string, dialects: readonly Dialect[]): Readonly<Record<string, TSchema>> {
  const dialect = dialects.find((each) => each.name === name);
  if (dialect === undefined) {
    throw new Refusal('input.malformed', {
      field: `attributes.${name}`,
      remark: `no such dialect; there are ${dialects.map((each) => each.name).join(', ')}`,
    });
  }
  return dialect.attributes?.properties ?? {};
}

function treated(attributes: Attributes, dialects: readonly Dialect[], treat: Treat): Attributes {
  const sections = Object.entries(attributes).map(([name, fields]) => {
    const schemas = schemasOf(name, dialects);
    const values = Object.entries(fields).map(([field, value]) => {
      const path = `attributes.${name}.${field}`;
      const schema = Object.hasOwn(schemas, field) ? schemas[field] : undefined;
      if (schema === undefined)
        throw new Refusal('input.malformed', {
          field: path,
          remark: `no such field; there are ${Object.keys(schemas).join(', ') || 'none'}`,
        });
      return [field, treat(value, schema, path)] as const;
    });
    return [name, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(sections);
}

function misfit(path: string, schema: TSchema): Refusal {
  const { description } = schema as { readonly description?: string };
  return new Refusal('input.malformed', {
    field: path,
    remark: `does not fit${description === undefined ? '' : `: ${description}`}`,
  });
}

/** @throws Refusal `input.malformed` for a dialect or field that does not exist, and for a value that does not fit */
export function assertAttributesFit(attributes: Attributes, dialects: readonly Dialect[]): void {
  treated(attributes, dialects, (value, schema, path) => {
    if (!Check(schema, value)) throw misfit(path, schema);
    return value;
  });
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Gives texts from a command line the type their dialect asks for. @throws Refusal as `assertAttributesFit` does */
export function typedAttributes(texts: Attributes, dialects: readonly Dialect[]): Attributes {
  return treated(texts, dialects, (text, schema, path) => {
    const fitting = [text, typeof text === 'string' ? parsed(text) : text].find((value) => Check(schema, value));
    if (fitting === undefined) throw misfit(path, schema);
    return fitting;
  });
}
