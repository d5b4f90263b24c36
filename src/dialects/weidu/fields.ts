// Fields of a weidu request: absent, null and "" all mean "not given", and a wrong type names the field at fault.
import { Refusal } from '#core';
import type { Fields } from '#wire';

/** Longer than anything a client has to say in one field, passwords apart. */
const LONGEST = 256;

/** @throws Refusal `input.malformed` when it is no string, or a very long one */
export function textIn(fields: Fields, name: string, longest = LONGEST): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > longest) throw new Refusal('input.malformed', { field: name });
  return value;
}

/** @throws Refusal `input.malformed` when it is no integer */
export function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Refusal('input.malformed', { field: name });
  return value;
}
