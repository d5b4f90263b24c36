// What a successful sign-in gives, whichever way the person proved who they are.
import type { Account } from '../accounts/account.ts';
import type { IdentifierClaim, IdentifierKind } from '../accounts/identifier.ts';
import type { App } from '../apps/app.ts';
import type { ChallengeAsk } from '../challenges/challenge-ask.ts';
import type { Disclosed } from './disclose.ts';
import type { Secret } from '../kernel/secret.ts';
import type { ClientDescription, IssuedSession, SessionTerms } from '../sessions/session.ts';

/** An app's claim to be who it says. */
export interface AppClaim {
  readonly id: string;
  readonly signature: Secret;
  /** The request carries its secrets in the URL; an app can forbid that. */
  readonly isGet: boolean;
}

/** Somebody about to prove who they are, whatever the proof and whatever for. */
export interface ProofAsk {
  /** Who the person claims to be; the first claim somebody holds counts. */
  readonly claims: readonly IdentifierClaim[];
  /** The account of a session that was recognised already; then nothing is looked up by claims. */
  readonly accountId?: string;
  /** Left out by dialects whose forms have no field for one: then none is ever due. */
  readonly challenge?: ChallengeAsk;
  /** Demanded by dialects whose clients are registered applications. */
  readonly app?: AppClaim;
  /** The account must hold one of these, looked at only after the secret was proven. */
  readonly roles?: readonly string[];
  /** The document answers unknown names and unfit passwords before it looks at an account's failures. */
  readonly namesBeforeFailures?: boolean;
}

/** The part of a sign-in that does not depend on the kind of proof. */
export interface SignInAsk extends ProofAsk {
  readonly session: SessionTerms;
  readonly client: ClientDescription;
  /** Sensitive identifiers the answer needs in clear. */
  readonly discloses?: readonly IdentifierKind[];
  /** Those of `discloses` that the answer shows unmasked; the audit says so. */
  readonly showsUnmasked?: readonly IdentifierKind[];
}

/** A sign-in that succeeded. */
export interface SignedIn {
  readonly account: Account;
  readonly session: IssuedSession;
  readonly app: App | undefined;
  /** Those of `discloses` that the account has. */
  readonly disclosed: Disclosed;
  readonly at: number;
}
