// What a client brings to show that a person is there, and when a dialect wants to see it.
import type { Secret } from '../kernel/secret.ts';

/** When a dialect demands a challenge: at every call, once there is suspicion, or never. */
export type ChallengePolicy = 'always' | 'afterFailures' | 'never';

/** What the client gave: the text of a picture drawn for a holder it names itself, or the token of a challenge passed before. */
export type ChallengeGiven =
  | { readonly kind: 'picture'; readonly holder: string; readonly answer: Secret | undefined }
  | { readonly kind: 'token'; readonly token: Secret | undefined };

/** The part of an ask that is about the challenge. Dialects whose forms have no field for one leave it out: then none is ever due. */
export interface ChallengeAsk {
  readonly policy: ChallengePolicy;
  /** What passing is good for; an answer for one act is none for another: `shopxo.user-login`. */
  readonly purpose: string;
  readonly given: ChallengeGiven;
}
