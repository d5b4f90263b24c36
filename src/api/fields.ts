// What our own API demands of the fields of any request.
import { Refusal } from '#core';
import type { Fields } from '#wire';

/** Unknown fields are refused: a misspelt one must not be a silent no. */
export function assertKnown(fields: Fields, known: ReadonlySet<string>): void {
  for (const name in fields) if (!known.has(name)) throw new Refusal('input.malformed', { remark: 'unknown field' });
}
