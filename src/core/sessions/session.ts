// A session: the proof, for a while, that somebody signed in.
import type { RandomSpelling } from '../kernel/ports.ts';
import type { Secret } from '../kernel/secret.ts';

/** How long sessions of a kind live and how their tokens are spelled. */
export interface SessionTerms {
  readonly token: RandomSpelling;
  /** A second value for clients that carry the token in a cookie. */
  readonly csrf?: RandomSpelling;
  readonly lifeSeconds: number;
  /** Ends earlier when unused for so long. */
  readonly idleSeconds?: number;
  /** Ends the account's other sessions of this dialect: all, or those of the same client type. */
  readonly replaces?: 'account' | 'clientType';
}

/** What the client said about itself; kept for the owner to recognise the session. */
export interface ClientDescription {
  readonly type?: string;
  readonly deviceId?: string;
  readonly deviceName?: string;
  readonly deviceModel?: string;
}

/** A session as it rests in the store: digests only. Instants are milliseconds. */
export interface Session {
  readonly id: string;
  readonly digest: string;
  readonly csrfDigest: string | null;
  readonly accountId: string;
  readonly realm: string;
  readonly dialect: string;
  readonly appId: string | null;
  readonly client: ClientDescription;
  readonly source: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly idleSeconds: number | null;
  readonly seenAt: number;
}

/** What the client gets to keep, once. */
export interface IssuedSession {
  readonly id: string;
  readonly token: Secret;
  readonly csrf?: Secret;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** When the session ends if it is not used again. */
export function endOf(session: Pick<Session, 'expiresAt' | 'idleSeconds' | 'seenAt'>): number {
  if (session.idleSeconds === null) return session.expiresAt;
  return Math.min(session.expiresAt, session.seenAt + session.idleSeconds * 1000);
}
