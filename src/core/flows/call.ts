// What every flow is told about the call besides what the client asked for.
import type { Source } from '../budgets/source.ts';

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
}
