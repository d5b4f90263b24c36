// What a call says of itself: enough to read it, to describe it to a machine, and to try it.
import type { RefusalCode } from '#core';
import type { TObject, TSchema } from '#wire';

/** The groups calls are described in, and what each is about. */
export const TAGS = {
  Accounts: 'Registering, and one’s own account.',
  Sessions: 'Signing in and out, and the sessions there are.',
  Codes: 'One-time codes by short message or mail, and what they are good for.',
  Challenges: 'What stands between a guesser and the next guess.',
  Tokens: 'What a token of any dialect is worth, asked by an application.',
  Administration: 'What operators do, each by what their roles permit.',
  Reference: 'This description.',
} as const;

/** Who may call: anybody, the holder of a session, or a registered application. */
export type Auth = 'none' | 'session' | 'app';

/** The answer of a call that went well. */
export interface AnswerDocument<Body extends TSchema = TSchema> {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** Left out where there is none. */
  readonly body?: Body;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Header names, and what each says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everything documented about one call. */
export interface CallDocument {
  readonly summary: string;
  readonly description?: string;
  readonly tag: keyof typeof TAGS;
  readonly auth: Auth;
  readonly path?: TObject;
  readonly query?: TObject;
  /** Lower-case names. */
  readonly headers?: TObject;
  readonly body?: TObject;
  /** The body may be left out. */
  readonly isBodyOptional?: boolean;
  /** Read as a form, too. */
  readonly takesForm?: boolean;
  readonly answer: AnswerDocument;
  /** What else may come of it. It has no body. */
  readonly otherwise?: AnswerDocument;
  /** What it may be refused with, beside what every call of its kind may. */
  readonly refuses: readonly RefusalCode[];
  /** The status of a refusal, where it is not that of its kind. */
  readonly statuses?: Readonly<Partial<Record<RefusalCode, number>>>;
}
