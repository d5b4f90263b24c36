// Showing a picture to a client that names itself, for the form it is about to send.
import type { ChallengeAllowance } from '../challenges/challenge-allowance.ts';
import type { AnswerPlace, AnswerTerms, HeldAnswers } from '../challenges/held-answers.ts';
import { drawPuzzle, type PictureDeps } from '../challenges/picture-puzzle.ts';
import type { Flow } from './flow.ts';

/** A picture for a purpose and a holder; it takes the place of the one before. */
export interface ShowPictureAsk extends AnswerPlace, AnswerTerms {
  /** How many letters the form has room for. */
  readonly length: number;
}

/** A PNG. */
export interface ShownPicture {
  readonly picture: Uint8Array;
}

export type ShowPicture = Flow<ShowPictureAsk, ShownPicture>;

/** What showing pictures needs. */
export interface ShowPictureDeps extends PictureDeps {
  readonly allowance: ChallengeAllowance;
  readonly answers: HeldAnswers;
}

/** @throws Refusal `challenge.too-many` */
export const showPicture =
  (deps: ShowPictureDeps): ShowPicture =>
  async (ask, call) => {
    deps.allowance.charge(call.source);
    const { picture, key } = await drawPuzzle(deps, ask.length);
    await deps.answers.keep(ask, key, ask);
    return { picture };
  };
