// What every flow is told about the call besides what the client asked for.
import type { Source } from '../budgets/source.ts';
import type { Entrant } from '../credentials/password-pool.ts';

/** `strict` answers all credential failures alike; `documented` answers as the dialect's document does. */
export type AnswerPolicy = 'documented' | 'strict';

/** The circumstances of one call. */
export interface Call {
  /** Short and random; the client gets to see it as the support code of a refusal. */
  readonly requestId: string;
  readonly dialect: string;
  /** `dialect.act`, the name the operator switches it by. */
  readonly endpoint: string;
  /** The pool of accounts the dialect serves. */
  readonly realm: string;
  readonly policy: AnswerPolicy;
  readonly source: Source;
  /** Whether nobody waits for the answer any more; left out where that cannot be known. */
  readonly isGone?: () => boolean;
}

/** The caller as somebody who asks for a place in the hash queue. */
export function entrantOf({ source, isGone = () => false }: Call, roles?: readonly string[]): Entrant {
  return { source: source.bucket, isForOperators: roles !== undefined, isGone };
}
