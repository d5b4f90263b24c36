// The id of a posed challenge: it says which kind it is and what passing it is good for, so that neither can be changed on the way.
import type { Randomness } from '../kernel/ports.ts';
import { CHALLENGE_TOKEN } from './challenge-token.ts';
import type { AnswerPlace } from './held-answers.ts';

/** What an id says. */
export interface ChallengeId extends AnswerPlace {
  readonly kind: string;
  /** What a token for it is good for. */
  readonly passesFor: string;
}

/** A dialect and an act: `weidu.login`. */
const PURPOSE = '[a-z][a-z0-9]{0,31}\\.[a-z][a-z0-9_-]{0,31}';
const ID = new RegExp(`^([a-z-]{1,20}):(${PURPOSE}):[a-z0-9]{26}$`);
const WHOLE_PURPOSE = new RegExp(`^${PURPOSE}$`);

/** Whether a challenge can be posed for it. */
export function isChallengePurpose(text: string): boolean {
  return WHOLE_PURPOSE.test(text);
}

/** A fresh id. */
export function spellChallengeId(
  { kind, purpose }: { readonly kind: string; readonly purpose: string },
  randomness: Randomness,
): ChallengeId {
  const holder = `${kind}:${purpose}:${randomness.text(CHALLENGE_TOKEN)}`;
  return { kind, passesFor: purpose, purpose: 'posed', holder };
}

/** What an id says; undefined when it is none. */
export function readChallengeId(id: string): ChallengeId | undefined {
  const [, kind, passesFor] = ID.exec(id) ?? [];
  return kind === undefined || passesFor === undefined ? undefined : { kind, passesFor, purpose: 'posed', holder: id };
}
