// The port that brings together everything that is kept about one account, for its owner to see.
import type { AuditRecord } from '../audit/audit-entry.ts';
import type { AccountBudget } from '../decisions/budget-register.ts';
import type { DecisionRecord } from '../decisions/decision.ts';
import type { Session } from '../sessions/session.ts';

/** Where somebody signed in from. */
export interface KnownSource {
  readonly source: string;
  readonly lastAt: number;
}

/** A notice that was sent to the owner. */
export interface KeptNotice {
  readonly name: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly occasion: string;
  readonly count: number;
}

/** A code on its way; what it says is not kept. */
export interface KeptCode {
  readonly purpose: string;
  readonly destination: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What is kept besides the account itself. Every list begins with the newest. */
export interface Dossier {
  readonly sessions: readonly Session[];
  readonly knownSources: readonly KnownSource[];
  readonly failures: readonly AccountBudget[];
  readonly notices: readonly KeptNotice[];
  readonly codes: readonly KeptCode[];
  readonly audit: readonly AuditRecord[];
  readonly decisions: readonly DecisionRecord[];
}

/** Compiles dossiers. */
export interface DossierStore {
  /** As of one instant; at most so many of each list. */
  compile(accountId: string, atMost: number): Promise<Dossier>;
}
