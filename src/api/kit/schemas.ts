// Schemas that many calls share. What validates a request is what documents it.
import { type Static, type TProperties, Type } from '#wire';

/** An object that has these members and no others. */
export function closed<Properties extends TProperties>(properties: Properties, about: { description?: string } = {}) {
  return Type.Object(properties, { additionalProperties: false, ...about });
}

/** One of these texts. */
export function oneOf<const Choice extends string>(choices: readonly Choice[], about: { description?: string } = {}) {
  return Type.Unsafe<Choice>(Type.String({ enum: [...choices], ...about }));
}

/** The text, or null. */
export function orNull(
  about: { description?: string; minLength?: number; maxLength?: number; pattern?: string; format?: string } = {},
) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], ...about });
}

/** RFC 3339, in UTC. */
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC.' });

/** The same, or null where it has not happened. */
export const InstantOrNull = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  format: 'date-time',
  description: 'RFC 3339, in UTC; null if it has not happened.',
});

export const instant = (at: number): string => new Date(at).toISOString();

export const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at));

/** A UUID in the path. */
export const Uuid = Type.String({ format: 'uuid', maxLength: 36 });

/** The part of a query that asks for one page of a list. */
export const PAGING = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'How many at most.' })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The `next` of the page before.' })),
};

/** How many a page has when nobody says. */
export const PAGE = 20;

/** Where the next page begins. */
export const Next = orNull({ description: 'Give it back as `cursor` for the next page; null at the end.' });

export type { Static };
