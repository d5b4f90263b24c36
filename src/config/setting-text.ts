// Reads a setting from text, as flags and environment variables give it, and says what a setting has to be.
import type { SettingSchema } from './setting.ts';

/** A text that cannot stand for the setting at all. */
export const UNREADABLE = Symbol('unreadable');

/** The value a text stands for, or `UNREADABLE`; whether it is within bounds is another question. */
export function valueOfText(text: string, schema: SettingSchema): unknown {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : UNREADABLE;
    case 'boolean':
      return BOOLEANS.get(text.trim().toLowerCase()) ?? UNREADABLE;
    case 'array':
      return isTextList(schema) ? splitList(text) : parsedJson(text);
    case 'object':
      return parsedJson(text);
    default:
      return text;
  }
}

/** `a whole number from 8 to 64` */
export function demandOf(schema: SettingSchema): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return `one of ${choices.join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `a whole number${boundsOf(schema)}`;
    case 'number':
      return `a number${boundsOf(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return listDemand(schema);
    case 'object':
      return 'a table';
    default:
      return 'a text';
  }
}

/** The values to choose from, where only certain ones are allowed. */
function choicesOf(schema: SettingSchema): readonly string[] {
  const choices = schema.enum ?? schema.anyOf?.map((member) => member.const).filter((value) => value !== undefined);
  return (choices ?? []).map(String);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

/** Lists of texts are written between commas, all others as JSON. */
function isTextList({ items = {} }: SettingSchema): boolean {
  return items.type === 'string' || choicesOf(items).length > 0;
}

function listDemand(schema: SettingSchema): string {
  const choices = choicesOf(schema.items ?? {});
  if (choices.length > 0) return `a list of any of ${choices.join(', ')}`;
  return isTextList(schema) ? 'a list of texts' : 'a list';
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

function boundsOf({ minimum, maximum }: SettingSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? '' : ` of ${maximum} or less`;
}
