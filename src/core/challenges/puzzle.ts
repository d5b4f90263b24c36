// The port of one kind of challenge: how it is posed, and how an answer to it is examined.
import type { Source } from '../budgets/source.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Secret } from '../kernel/secret.ts';

/** What a client can be given to solve. */
export type PuzzleKind = 'picture' | 'proof-of-work' | 'hosted';

/** What the client gets to see. */
export type Shown =
  | { readonly kind: 'picture'; readonly picture: Uint8Array }
  | { readonly kind: 'proof-of-work'; readonly task: JsonObject }
  | { readonly kind: 'hosted'; readonly provider: string; readonly siteKey: string };

/** A puzzle as it was posed. */
export interface Posed {
  readonly shown: Shown;
  /** Rests as a digest until the answer comes; `keyIn` of the right answer is the same. */
  readonly key: Secret;
}

/** Whoever should examine the answer cannot be reached, or does not know. Not an answer of any kind. */
export class PuzzleOutage extends Error {
  override readonly name = 'PuzzleOutage';
}

/** One kind of challenge. */
export interface Puzzle {
  pose(): Promise<Posed>;
  /** What the answer says it is an answer to; undefined when it cannot be an answer at all. */
  keyIn(answer: Secret): Secret | undefined;
  /** Examines the rest of an answer whose key was right and is used up by now. @throws PuzzleOutage */
  isSolved(answer: Secret, source: Source): Promise<boolean>;
}
