// Posing a challenge to whoever wants a token: a picture, some work, or what a provider shows.
import type { ChallengeAllowance } from '../challenges/challenge-allowance.ts';
import { type ChallengeId, spellChallengeId } from '../challenges/challenge-id.ts';
import type { ChallengeLadder } from '../challenges/challenge-ladder.ts';
import type { HeldAnswers } from '../challenges/held-answers.ts';
import type { PuzzleKind, Shown } from '../challenges/puzzle.ts';
import type { Randomness } from '../kernel/ports.ts';
import type { Flow } from './flow.ts';

/** What passing is to be good for, and the kind the client can show. */
export interface PoseChallengeAsk {
  readonly purpose: string;
  readonly kind?: PuzzleKind;
}

/** A posed challenge: it can be answered once. */
export interface PosedChallenge {
  readonly id: string;
  readonly shown: Shown;
  readonly lifeSeconds: number;
}

export type PoseChallenge = Flow<PoseChallengeAsk, PosedChallenge>;

/** What posing and passing have in common. */
export interface ChallengeDeps {
  readonly answers: HeldAnswers;
  readonly ladder: ChallengeLadder;
  readonly randomness: Randomness;
}

/** What posing needs. */
export interface PoseChallengeDeps extends ChallengeDeps {
  readonly allowance: ChallengeAllowance;
  readonly lifeSeconds: number;
}

/** @throws Refusal `challenge.too-many`, `input.malformed` for a kind that is not offered */
export const poseChallenge =
  ({ allowance, answers, ladder, randomness, lifeSeconds }: PoseChallengeDeps): PoseChallenge =>
  async ({ purpose, kind: wanted }, call) => {
    const { kind, puzzle } = ladder.choose(wanted);
    allowance.charge(call.source);
    const { shown, key } = await puzzle.pose();
    const id: ChallengeId = spellChallengeId({ kind, purpose }, randomness);
    await answers.keep(id, key, { lifeSeconds, tries: 1 });
    return { id: id.holder, shown, lifeSeconds };
  };
