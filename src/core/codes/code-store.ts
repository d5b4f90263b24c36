// The port through which one-time codes are kept: hashed, short-lived, few tries, single use.

/** What a code is good for, and for whom. */
export interface CodePurpose {
  readonly realm: string;
  /** `shopxo.login`, `shopxo.forgetpwd` … */
  readonly purpose: string;
  /** Kind and normalised destination: `mobile:+8613…`. */
  readonly destination: string;
}

/** A code about to be kept. Issuing one ends the earlier one of the same purpose and destination. */
export interface NewCode extends CodePurpose {
  /** Keyed digest of the code, bound to purpose and destination. */
  readonly digest: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly tries: number;
}

/** `accepted` at most once per code; `mismatch` uses up one try; `expired` when none is alive or no try is left. */
export type CodeVerdict = 'accepted' | 'mismatch' | 'expired';

/** Keeps codes. */
export interface CodeStore {
  issue(code: NewCode): Promise<void>;
  /** Like `issue`, but waits for no disk: for answers to pictures, which anybody can have drawn by the hundred. */
  hold(code: NewCode): Promise<void>;
  /** One conditional write: however many claim at once, one is accepted and no more than the allowed tries are evaluated. */
  claim(purpose: CodePurpose, digest: string, now: number): Promise<CodeVerdict>;
  /** Like `claim`, but what is accepted stays, with one try less: for what is good until something else has succeeded. */
  look(purpose: CodePurpose, digest: string, now: number): Promise<CodeVerdict>;
  /** Ends the code of that digest, if it is still the one of its purpose; whether it was this call that ended it. */
  withdraw(purpose: CodePurpose, digest: string): Promise<boolean>;
  sweep(endedBefore: number, limit: number): Promise<number>;
}
