// The profile all dialects share, as our own API spells it: every member is there, and null where nothing was ever said.
import { type JsonObject, type Profile, PROFILE_FIELDS } from '#core';
import { type Static, Type } from '#wire';
import { closed, oneOf, orNull } from '../kit/schemas.ts';

const GENDERS = ['unknown', 'male', 'female'] as const;

const day = { format: 'date', description: '`YYYY-MM-DD`.' } as const;
const text = (maxLength: number) => orNull({ maxLength });

const MEMBERS = {
  nickname: text(60),
  avatar: orNull({ maxLength: 2048, description: 'A URL, absolute or relative to the public address.' }),
  gender: oneOf(GENDERS),
  birthday: orNull(day),
  country: text(60),
  province: text(60),
  city: text(60),
  county: text(60),
  address: text(200),
};

/** As it is told. */
export const ProfileSchema = closed(MEMBERS);

/** As it is changed: what is left out stays, null takes away (RFC 7396). */
export const ProfileChange = Type.Partial(closed(MEMBERS), {
  additionalProperties: false,
  description: 'What is left out stays as it is; null takes it away (RFC 7396).',
});

export function tellProfile(profile: Profile): Static<typeof ProfileSchema> {
  const told = Object.fromEntries(PROFILE_FIELDS.map((name) => [name, profile[name] ?? null]));
  return { ...told, gender: profile.gender ?? 'unknown' } as Static<typeof ProfileSchema>;
}

/** The fields that are left once the change is made. */
export function mergeProfile(profile: Profile, change: Static<typeof ProfileChange>): JsonObject {
  const merged = { ...profile, ...change };
  const isSaid = ([name, value]: [string, unknown]): boolean =>
    value !== null && value !== '' && !(name === 'gender' && value === 'unknown');
  return Object.fromEntries(Object.entries(merged).filter(isSaid));
}
