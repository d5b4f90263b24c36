// What is written down about every act that matters: who (as a pseudonym), what, whence, with what outcome.

/** One audit entry, without id; free of secrets and of full identifiers. */
export interface AuditEntry {
  readonly at: number;
  /** Dotted name of the act: `sign-in.password`, `account.create`, `session.revoke` … */
  readonly act: string;
  readonly outcome: 'success' | 'refused';
  /** The refusal's true code when refused; what was shown unmasked otherwise: `shown id_number`; `weak-password` when it could not be set today; which parts were changed: `roles status`. */
  readonly reason?: string;
  /** Account uuid: a pseudonym. */
  readonly accountId?: string;
  /** Account uuid of the administrator who did it. */
  readonly actorId?: string;
  /** The client's address bucket, or `cli`. */
  readonly source: string;
  readonly dialect?: string;
  readonly endpoint?: string;
  readonly appId?: string;
  /** Names the request in log and answer: the support code of a refusal. */
  readonly requestId?: string;
}

/** A stored entry. */
export interface AuditRecord extends AuditEntry {
  readonly id: number;
}
