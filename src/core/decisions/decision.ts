// Why requests were refused, in known words only: what an operator finds under a support code.
import type { RefusalCode } from '../kernel/refusal.ts';

/** What one refusal was about. Holds no secret, and of identifiers at most a pseudonym. */
export interface Decision {
  /** What really happened. */
  readonly refusal: RefusalCode;
  /** What the client was told, where that is less. */
  readonly shown?: RefusalCode;
  /** The field or budget it was about. */
  readonly field?: string;
  /** Whose budget: an account id, the keyed digest of a name nobody has, an address. */
  readonly key?: string;
  readonly remark?: string;
  /** The client's address bucket. */
  readonly source: string;
  /** The trusted proxy whose word the address is; undefined when it is the socket's own. */
  readonly forwardedBy?: string;
  readonly dialect: string;
  readonly endpoint?: string;
  readonly appId?: string;
}

/** One decision, or many alike within a minute. */
export interface DecisionRecord extends Decision {
  readonly id: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** When it made sense to come back, counted from the last one. */
  readonly retryAfterSeconds?: number;
}

/** The source of decisions that were too many and too different to be told apart. */
export const ANYBODY = '*';
