// The port through which accounts are kept.
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { SignInRecord } from '../budgets/attempt-store.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Account, AccountStatus, Profile } from './account.ts';
import type { Identifier, IdentifierKey, IdentifierKind } from './identifier.ts';
import type { RegistrationKey } from './registration-keys.ts';

/** What a new account starts with. The store issues `number` and, if asked, the next AegisSpeed ID. */
export interface NewAccount {
  readonly id: string;
  readonly realm: string;
  readonly publicId: string;
  /** Keep this number (an import); otherwise the next of the realm's sequence. */
  readonly number?: number;
  readonly status: AccountStatus;
  readonly isPasswordChangeDue: boolean;
  readonly roles: readonly string[];
  /** Absent or null for none. */
  readonly organisation?: string | null;
  readonly profile: Profile;
  readonly attributes: Readonly<Record<string, JsonObject>>;
  readonly identifiers: readonly Identifier[];
  /** Issue the next AegisSpeed ID (ASD000001 upward, base 36 after ASD999999; never reused). */
  readonly issuesAegisSpeedId: boolean;
  /** PHC string, or null for an account without a password. */
  readonly passwordHash: string | null;
  readonly createdAt: number;
  /** Made only while nobody in the realm holds one of these roles. */
  readonly firstOf?: readonly string[];
  /** The client may ask once more under this key, until then. */
  readonly once?: RegistrationKey & { readonly endsAt: number };
  /** Registering signs in: the session it opens, in the same act. */
  readonly signIn?: Omit<SignInRecord, 'reservationId' | 'epoch'>;
}

/** An account together with its password hash, for the sign-in flow alone. */
export interface AccountWithPassword {
  readonly account: Account;
  readonly passwordHash: string | null;
  /** Rises whenever all sign-ins end: what was proven under an earlier one opens no session. */
  readonly epoch: number;
}

/** A change of what an account is. Absent fields stay as they are. */
export interface AccountChange {
  readonly status?: AccountStatus;
  readonly isPasswordChangeDue?: boolean;
  readonly roles?: readonly string[];
  /** Null takes it out of its organisation. */
  readonly organisation?: string | null;
  readonly profile?: Profile;
  readonly attributes?: Readonly<Record<string, JsonObject>>;
  /** What profile and attributes were when the change was thought out: if they are something else by now, nothing changes. */
  readonly expects?: Pick<Account, 'profile' | 'attributes'>;
  /** The account's epoch when the change was judged: if all its sign-ins ended since, nothing changes. */
  readonly epoch?: number;
  /** Of the active accounts of the realm that hold one of these roles, one has to be left. */
  readonly spares?: readonly string[];
}

/** Under what circumstances an account may be removed. */
export type Removal = Pick<AccountChange, 'epoch' | 'spares'>;

/** A new password in the place of one that was proven. */
export interface PasswordChange {
  readonly passwordHash: string;
  /** The account's, as it was when the old one was proven. */
  readonly epoch: number;
  /** The digest of a session that goes on; null for none. */
  readonly keeps: string | null;
}

/** A page of accounts in order of `id`. */
export interface AccountPage {
  readonly accounts: readonly Account[];
  /** Give it back as `after` for the next page; null at the end. */
  readonly next: string | null;
}

/**
 * Keeps accounts. Every method is one atomic act; a write that returned is durable (survives power loss).
 * Writes record their audit entry in the same act; its instant is theirs.
 */
export interface AccountStore {
  /** The account that holds the first of these keys that anybody holds with proof (`verifiedAt` set, or a kind that needs none). */
  find(realm: string, keys: readonly IdentifierKey[]): Promise<AccountWithPassword | undefined>;
  /** The id of the account `find` would give for this key. The work is the same whether anybody holds it. */
  holder(realm: string, key: IdentifierKey): Promise<string | undefined>;
  get(id: string): Promise<Account | undefined>;
  getWithPassword(id: string): Promise<AccountWithPassword | undefined>;
  /** In order of id; `search` keeps those with an identifier or nickname containing the text (never a sensitive one). */
  list(query: {
    readonly realm: string;
    /** Only those of this organisation. */
    readonly organisation?: string;
    readonly limit: number;
    readonly after?: string;
    readonly search?: string;
  }): Promise<AccountPage>;
  /** @throws Refusal `identifier.taken` with the kind as `field`, `operator.exists`, `idempotency.mismatch` when the key of `once` is somebody's; nothing is kept then */
  create(account: NewAccount, audit: AuditEntry): Promise<Account>;
  /**
   * Disabling, or a change of roles or organisation, ends every session in the same act. Undefined if there is no such account, or it is
   * not what the change expects.
   * @throws Refusal `operator.last`
   */
  change(id: string, change: AccountChange, audit: AuditEntry): Promise<Account | undefined>;
  /** Sets or (null) removes the password and ends every session in the same act; clears the account's own failure counters; codes on their way to it end, and no change is due any more. */
  setPassword(id: string, passwordHash: string | null, audit: AuditEntry): Promise<Account | undefined>;
  /** The same, but one session may go on. Undefined if all sign-ins ended since the old password was proven. */
  changePassword(id: string, change: PasswordChange, audit: AuditEntry): Promise<Account | undefined>;
  /** @throws Refusal `identifier.taken`; replaces the account's identifier of that kind */
  putIdentifier(id: string, identifier: Identifier, audit: AuditEntry): Promise<Account | undefined>;
  /** @throws Refusal `identifier.unknown` */
  removeIdentifier(id: string, kind: IdentifierKind, audit: AuditEntry): Promise<Account | undefined>;
  /** Removes the account and everything that belongs to it; false if there was none, or not in that epoch. @throws Refusal `operator.last` */
  remove(id: string, audit: AuditEntry, removal?: Removal): Promise<boolean>;
  /** How many accounts there are, counted no further than `atMost`. */
  count(atMost: number): Promise<number>;
  /** Sensitive identifiers in order of account id, for re-indexing after a key rotation. */
  sensitiveIdentifiers(
    after: string,
    limit: number,
  ): Promise<readonly { readonly accountId: string; readonly identifier: Identifier }[]>;
  /** Replaces key and sealed text of a sensitive identifier, unless it changed meanwhile. */
  reseal(accountId: string, previous: Identifier, next: Identifier): Promise<boolean>;
}
