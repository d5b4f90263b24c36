// What an operator says about an account that does not exist yet.
import type { AccountStatus, Profile } from '../accounts/account.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Secret } from '../kernel/secret.ts';
import type { KeptClaim } from './admit-identifiers.ts';

/** An account to be, without its credential. */
export interface AccountDraft {
  readonly realm: string;
  readonly identifiers: readonly KeptClaim[];
  /** Issue the next AegisSpeed ID, besides the identifiers given. */
  readonly issuesAegisSpeedId: boolean;
  readonly status: AccountStatus;
  readonly roles: readonly string[];
  readonly organisation?: string | null;
  readonly profile: Profile;
  readonly attributes: Readonly<Record<string, JsonObject>>;
  /** Keeps this public number; otherwise the next one is issued. */
  readonly number?: number;
  /** Milliseconds; otherwise now. */
  readonly createdAt?: number;
}

/** How the account will prove itself: a password to be hashed, a hash made elsewhere, or not by password at all. */
export type NewCredential = { readonly password: Secret } | { readonly passwordHash: string } | null;
