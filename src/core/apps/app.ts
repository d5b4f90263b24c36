// An app: a client application that proves itself with an id and a signature.
import type { AuditEntry } from '../audit/audit-entry.ts';

/** A client application. Signatures rest as keyed digests. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly realm: string;
  readonly signatureDigest: string;
  /** Still accepted until `previousUntil` after a rotation. */
  readonly previousDigest: string | null;
  readonly previousUntil: number | null;
  /** Origins its pages are served from; empty for any the dialect allows. */
  readonly origins: readonly string[];
  readonly allowsGet: boolean;
  /** Calls about one's own account take a token only; otherwise name and password as well. */
  readonly demandsToken: boolean;
  /** Life of the sessions it opens; null for the dialect's own. */
  readonly sessionLifeSeconds: number | null;
  readonly isStopped: boolean;
  readonly createdAt: number;
}

/** Keeps apps. */
export interface AppStore {
  find(id: string): Promise<App | undefined>;
  list(): Promise<readonly App[]>;
  /** @throws Refusal `app.exists` */
  create(app: App, audit: AuditEntry): Promise<void>;
  /** Replaces everything but id and creation; false if there is none. Other processes notice within a second. */
  replace(app: App, audit: AuditEntry): Promise<boolean>;
  /** Removes the app and ends its sessions; false if there was none. */
  remove(id: string, audit: AuditEntry): Promise<boolean>;
}
