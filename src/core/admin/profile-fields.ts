// Profile, roles and attributes as an operator writes them, checked before they are kept.
import { type Profile, PROFILE_FIELDS } from '../accounts/account.ts';
import { countCodePoints } from '../credentials/password-policy.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Refusal } from '../kernel/refusal.ts';

/** The refusal of a field that cannot be what was written. */
export function malformedField(field: string, remark: string): Refusal {
  return new Refusal('input.malformed', { field, remark });
}

const VISIBLE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A name that would reach into every object there is. */
const FORBIDDEN_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const SECTION_NAME = /^[a-z][a-z0-9-]{0,39}$/;

const isRealDay = (text: string): boolean => {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
};

const RULES: Record<keyof Profile, readonly [isFine: (text: string) => boolean, remark: string]> = {
  nickname: [(text) => text.length <= 60, 'at most 60 characters'],
  avatar: [(text) => text.length <= 2048 && !/\s/.test(text), 'a URL of at most 2048 characters'],
  gender: [(text) => text === 'male' || text === 'female', 'male or female'],
  birthday: [isRealDay, 'a day written YYYY-MM-DD'],
  country: [(text) => text.length <= 60, 'at most 60 characters'],
  province: [(text) => text.length <= 60, 'at most 60 characters'],
  city: [(text) => text.length <= 60, 'at most 60 characters'],
  county: [(text) => text.length <= 60, 'at most 60 characters'],
  address: [(text) => text.length <= 200, 'at most 200 characters'],
};

function assertProfileField(name: string, value: JsonValue): void {
  const known = PROFILE_FIELDS.find((field) => field === name);
  if (known === undefined)
    throw malformedField(`profile.${name}`, `no such field; there are ${PROFILE_FIELDS.join(', ')}`);
  const [isFine, remark] = RULES[known];
  const isText = typeof value === 'string' && value !== '' && value.isWellFormed() && VISIBLE.test(value);
  if (!isText || !isFine(value)) throw malformedField(`profile.${name}`, remark);
}

/** @throws Refusal `input.malformed` naming the field */
export function readProfile(fields: JsonObject): Profile {
  for (const [name, value] of Object.entries(fields)) assertProfileField(name, value);
  return { ...fields };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object of that name in a record; empty when absent. @throws Refusal `input.malformed` */
export function objectField(record: JsonObject, name: string): JsonObject {
  const value = record[name] ?? {};
  if (!isObject(value)) throw malformedField(name, 'an object');
  return value;
}

/** Each dialect's own fields, by dialect name. @throws Refusal `input.malformed` naming the field */
export function readAttributes(fields: JsonObject): Readonly<Record<string, JsonObject>> {
  const sections = Object.keys(fields).map((name): [string, JsonObject] => {
    if (!SECTION_NAME.test(name)) throw malformedField(`attributes.${name}`, 'the name of a dialect');
    const section = objectField(fields, name);
    const forbidden = Object.keys(section).find((key) => FORBIDDEN_NAMES.includes(key));
    if (forbidden !== undefined) throw malformedField(`attributes.${name}.${forbidden}`, 'not a name for a field');
    return [name, section];
  });
  return Object.fromEntries(sections);
}

/** Role names, each once. @throws Refusal `input.malformed` */
export function readRoles(roles: readonly JsonValue[]): readonly string[] {
  const names = roles.map((role) => (typeof role === 'string' ? role.trim().normalize('NFC') : ''));
  if (!names.every((name) => name !== '' && name.length <= 60 && VISIBLE.test(name))) {
    throw malformedField('roles', 'each 1 to 60 visible characters');
  }
  return [...new Set(names)];
}

/** The name of an organisation, or none. @throws Refusal `input.malformed` */
export function readOrganisation(given: string | null): string | null {
  if (given === null) return null;
  const name = given.trim().normalize('NFC');
  if (name === '' || countCodePoints(name) > LONGEST_ORGANISATION || !name.isWellFormed() || !VISIBLE.test(name)) {
    throw malformedField('organisation', '1 to 64 visible characters');
  }
  return name;
}

const LONGEST_ORGANISATION = 64;

const SETTING = /^(?:profile\.(?<field>\w+)|attributes\.(?<dialect>[a-z][a-z0-9-]*)\.(?<name>\w+))=(?<value>.*)$/s;

function partsOf(setting: string): Readonly<Record<string, string | undefined>> {
  const parts = SETTING.exec(setting)?.groups;
  if (
    parts === undefined ||
    [parts['field'], parts['dialect'], parts['name']].some(
      (part) => part !== undefined && FORBIDDEN_NAMES.includes(part),
    )
  ) {
    throw malformedField(
      setting.split('=')[0] ?? '',
      'write profile.<field>=<value> or attributes.<dialect>.<field>=<value>',
    );
  }
  return parts;
}

/**
 * Reads `path=value` settings: `profile.nickname=Ada`, `attributes.nobase.exp=5`. Every value is text still; what type an
 * attribute has is for its dialect to say.
 * @throws Refusal `input.malformed` naming the path
 */
export function readSettings(settings: readonly string[]): {
  profile: Profile;
  attributes: Readonly<Record<string, JsonObject>>;
} {
  const profile: Record<string, JsonValue> = {};
  const attributes: Record<string, Record<string, string>> = {};
  for (const setting of settings) {
    const { field, dialect = '', name = '', value = '' } = partsOf(setting);
    if (field === undefined) (attributes[dialect] ??= {})[name] = value;
    else profile[field] = value;
  }
  return { profile: readProfile(profile), attributes: readAttributes(attributes) };
}
