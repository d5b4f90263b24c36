// Says whether a value fits a setting's schema. It knows the few keywords settings are described with and refuses any other.
import type { SettingSchema } from './setting.ts';

type Fits = (value: unknown, schema: SettingSchema) => boolean;

const TYPES: Readonly<Record<string, Fits>> = {
  string: fitsText,
  integer: (value, schema) => Number.isSafeInteger(value) && fitsBounds(value as number, schema),
  number: (value, schema) => Number.isFinite(value) && fitsBounds(value as number, schema),
  boolean: (value) => typeof value === 'boolean',
  array: fitsList,
  object: fitsTable,
};

const KEYWORDS = new Set(
  (
    'type const enum anyOf items properties required additionalProperties patternProperties minimum maximum ' +
    'minItems maxItems minLength maxLength pattern description default secret title examples'
  ).split(' '),
);

/**
 * Whether the value is what the schema demands.
 * @throws TypeError when the schema says something this check does not know, and would therefore pass over
 */
export function fits(value: unknown, schema: SettingSchema): boolean {
  const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword) && !keyword.startsWith('~'));
  if (unknown !== undefined) throw new TypeError(`a setting's schema cannot use "${unknown}"`);
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.anyOf) return schema.anyOf.some((choice) => fits(value, choice));
  return schema.type === undefined || (TYPES[schema.type]?.(value, schema) ?? false);
}

function fitsText(value: unknown, { minLength = 0, maxLength = Infinity, pattern }: SettingSchema): boolean {
  if (typeof value !== 'string' || value.length < minLength || value.length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function fitsBounds(value: number, { minimum = -Infinity, maximum = Infinity }: SettingSchema): boolean {
  return value >= minimum && value <= maximum;
}

function fitsList(value: unknown, { items, minItems = 0, maxItems = Infinity }: SettingSchema): boolean {
  if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
  return !items || value.every((item) => fits(item, items));
}

/** A table of named members, or one of any names whose values are alike. */
function fitsTable(
  value: unknown,
  { properties, required, patternProperties, additionalProperties }: SettingSchema,
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const patterns = Object.entries(patternProperties ?? {});
  const isComplete = (required ?? []).every((name) => name in value);
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return (
    isComplete &&
    Object.entries(value).every(([name, member]) => {
      const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
      const schema = own ?? patterns.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1] ?? others;
      return schema !== undefined && fits(member, schema);
    })
  );
}
