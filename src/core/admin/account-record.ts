// One account as a line of an import file says it.
import { type AccountStatus, ACCOUNT_STATUSES } from '../accounts/account.ts';
import type { IdentifierClaim, IdentifierKind } from '../accounts/identifier.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Secret } from '../kernel/secret.ts';
import type { AccountDraft, NewCredential } from './account-draft.ts';
import {
  malformedField,
  objectField,
  readAttributes,
  readOrganisation,
  readProfile,
  readRoles,
} from './profile-fields.ts';

/** What a record may say; anything else is a slip of the pen that must not go unnoticed. */
const FIELDS = [
  'realm',
  'username',
  'mobile',
  'email',
  'idNumber',
  'aegisSpeedId',
  'password',
  'passwordHash',
  'status',
  'roles',
  'organisation',
  'profile',
  'attributes',
  'number',
  'createdAt',
] as const;

type Field = (typeof FIELDS)[number];

const KIND_OF_FIELD: readonly (readonly [Field, IdentifierKind])[] = [
  ['username', 'username'],
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['idNumber', 'id_number'],
  ['aegisSpeedId', 'aegisspeed_id'],
];

/** The value of an AegisSpeed ID that asks for the next one. */
const NEXT = 'new';

/** The text of that name; undefined when absent, null or empty. */
function textField(record: JsonObject, name: Field): string | undefined {
  const value = record[name] ?? '';
  if (typeof value !== 'string') throw malformedField(name, 'a text');
  return value === '' ? undefined : value;
}

function claimsOf(record: JsonObject): readonly IdentifierClaim[] {
  return KIND_OF_FIELD.flatMap(([field, kind]) => {
    const text = textField(record, field);
    return text === undefined || (field === 'aegisSpeedId' && text === NEXT) ? [] : [{ kind, text }];
  });
}

function credentialOf(record: JsonObject): NewCredential {
  const password = textField(record, 'password');
  const passwordHash = textField(record, 'passwordHash');
  if (password !== undefined && passwordHash !== undefined)
    throw malformedField('passwordHash', 'a password or a hash of it, not both');
  if (password !== undefined) return { password: new Secret(password) };
  return passwordHash === undefined ? null : { passwordHash };
}

function statusOf(record: JsonObject): AccountStatus {
  const given = textField(record, 'status') ?? 'active';
  const status = ACCOUNT_STATUSES.find((each) => each === given);
  if (status === undefined) throw malformedField('status', `one of ${ACCOUNT_STATUSES.join(', ')}`);
  return status;
}

function rolesOf({ roles = [] }: JsonObject): readonly string[] {
  if (!Array.isArray(roles)) throw malformedField('roles', 'a list of texts');
  return readRoles(roles as readonly JsonValue[]);
}

function numberOf({ number }: JsonObject): { readonly number?: number } {
  if (number === undefined || number === null) return {};
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1)
    throw malformedField('number', 'a whole number from 1');
  return { number };
}

function createdAtOf(record: JsonObject): { readonly createdAt?: number } {
  const text = textField(record, 'createdAt');
  if (text === undefined) return {};
  const createdAt = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/.test(text) || !(createdAt >= 0)) {
    throw malformedField('createdAt', 'an instant such as 2024-05-01T12:00:00Z');
  }
  return { createdAt };
}

/**
 * Reads a record: identifiers (`username`, `mobile`, `email`, `idNumber`, `aegisSpeedId`, which may be `new`), `password` or
 * `passwordHash`, and optionally `realm`, `status`, `roles`, `organisation`, `profile`, `attributes`, `number`, `createdAt`.
 * @throws Refusal `input.malformed` naming the field
 */
export function readAccountRecord(
  record: JsonObject,
  defaultRealm: string,
): { draft: AccountDraft; credential: NewCredential } {
  const unknown = Object.keys(record).find((name) => !FIELDS.some((field) => field === name));
  if (unknown !== undefined) throw malformedField(unknown, `no such field; there are ${FIELDS.join(', ')}`);
  const draft: AccountDraft = {
    realm: textField(record, 'realm') ?? defaultRealm,
    identifiers: claimsOf(record),
    issuesAegisSpeedId: record['aegisSpeedId'] === NEXT,
    status: statusOf(record),
    roles: rolesOf(record),
    organisation: readOrganisation(textField(record, 'organisation') ?? null),
    profile: readProfile(objectField(record, 'profile')),
    attributes: readAttributes(objectField(record, 'attributes')),
    ...numberOf(record),
    ...createdAtOf(record),
  };
  return { draft, credential: credentialOf(record) };
}
