// An account: one person, known to every dialect under the identifiers that are theirs.
import type { JsonObject } from '../kernel/json.ts';
import type { Identifier, IdentifierKind } from './identifier.ts';

/** `muted` may sign in and be seen, but not speak; the others are refused after the right secret. */
export type AccountStatus = 'active' | 'disabled' | 'pending' | 'muted';

export const ACCOUNT_STATUSES: readonly AccountStatus[] = ['active', 'disabled', 'pending', 'muted'];

/** The part of a profile that all dialects share. Absent means never set. */
export interface Profile {
  readonly nickname?: string;
  /** A URL, absolute or relative to the public address. */
  readonly avatar?: string;
  readonly gender?: 'male' | 'female';
  /** `YYYY-MM-DD`. */
  readonly birthday?: string;
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly county?: string;
  readonly address?: string;
}

/** The names of the shared profile fields. */
export const PROFILE_FIELDS = [
  'nickname',
  'avatar',
  'gender',
  'birthday',
  'country',
  'province',
  'city',
  'county',
  'address',
] as const satisfies readonly (keyof Profile)[];

/** One account, without any credential. Instants are milliseconds. */
export interface Account {
  /** UUID of version 7. */
  readonly id: string;
  readonly realm: string;
  /** Decimal public number, issued in sequence within the realm. */
  readonly number: number;
  /** Public id of 26 characters of [a-z0-9]. */
  readonly publicId: string;
  readonly status: AccountStatus;
  readonly isPasswordChangeDue: boolean;
  readonly roles: readonly string[];
  /** The organisation it belongs to; null for none. */
  readonly organisation: string | null;
  readonly profile: Profile;
  /** Each dialect's own fields, by dialect name. */
  readonly attributes: Readonly<Record<string, JsonObject>>;
  readonly identifiers: readonly Identifier[];
  readonly createdAt: number;
  /** Last change of profile, identifiers, roles or status; a sign-in is none. */
  readonly updatedAt: number;
  readonly lastSignInAt: number | null;
  /** Consecutive earlier days with a sign-in, counted at the last one; 0 on the first day. */
  readonly signInDayRun: number;
  /** When the password was last changed by someone; null until the first change. */
  readonly passwordChangedAt: number | null;
}

/** The identifier of one kind, if the account has it. */
export function identifierOf(account: Account, kind: IdentifierKind): Identifier | undefined {
  return account.identifiers.find((identifier) => identifier.kind === kind);
}

/** The shown text of one identifier, or undefined. Not for sensitive kinds: theirs is sealed. */
export function shownIdentifier(account: Account, kind: Exclude<IdentifierKind, 'id_number'>): string | undefined {
  return identifierOf(account, kind)?.shown;
}
