// The port through which sessions are kept.
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Session } from './session.ts';

/** A session with what a token check needs to know about its account. */
export interface SessionWithOwner {
  readonly session: Session;
  readonly username: string | null;
}

/** A session's place among those of its account, the newest first. */
export type SessionPlace = Pick<Session, 'id' | 'issuedAt'>;

/** One page of an account's sessions. */
export interface SessionPageQuery {
  readonly accountId: string;
  /** Those that have ended by then are left out. */
  readonly liveAt: number;
  readonly limit: number;
  /** The last of the page before. */
  readonly after?: SessionPlace;
}

/** Keeps sessions. A revocation that returned is durable. */
export interface SessionStore {
  /** Exact digest; ended or expired sessions may still be returned, the caller judges the time. */
  find(digest: string): Promise<SessionWithOwner | undefined>;
  /** Newest first. */
  list(accountId: string, limit: number): Promise<readonly Session[]>;
  /** Newest first, found by index: what is on other pages is not read. */
  page(query: SessionPageQuery): Promise<readonly Session[]>;
  /** False if there was none. */
  revoke(digest: string, audit: AuditEntry): Promise<boolean>;
  /** Ends the account's session of that id; false if it has none. */
  revokeOne(accountId: string, id: string, audit: AuditEntry): Promise<boolean>;
  /** Ends all sessions of the account, but the one with the digest `except`; tells how many. */
  revokeAll(accountId: string, except: string | null, audit: AuditEntry): Promise<number>;
  /** Notes that the session was used; need not survive a loss of power. */
  touch(digest: string, at: number): Promise<void>;
  /** Removes sessions that ended before the instant, at most so many; tells how many. */
  sweep(endedBefore: number, limit: number): Promise<number>;
}
