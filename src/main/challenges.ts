// Wires challenges: the gate before everything that costs, and the flows that pose and pass them.
import { AltchaPuzzle, PngPainter, TurnstilePuzzle } from '#challenges';
import type { Config } from '#config';
import {
  type BudgetLimits,
  ChallengeAllowance,
  type ChallengeGate,
  ChallengeLadder,
  type Flows,
  HeldAnswers,
  passChallenge,
  PicturePuzzle,
  poseChallenge,
  Secret,
  showPicture,
  SuspicionGate,
} from '#core';
import { LRUCache } from 'lru-cache';
import type { House } from './house.ts';

/** The gate, and the flows about challenges. */
export interface Challenges extends Pick<Flows, 'showPicture' | 'poseChallenge' | 'passChallenge'> {
  readonly gate: ChallengeGate;
}

/** Sources and clients remembered at once. */
const REMEMBERED = 100_000;

/** One per process. */
export function openChallenges(house: House, limits: BudgetLimits): Challenges {
  const { clock, digests, randomness, stores } = house;
  const { failures, lifeSeconds, perMinute, tokenSeconds } = house.config.challenges;
  const answers = new HeldAnswers({ clock, codes: stores.codes, digests });
  const allowance = new ChallengeAllowance({ clock, perMinute, asked: new LRUCache({ max: REMEMBERED }) });
  const drawing = { painter: new PngPainter(), randomness };
  const ladder = ladderOf(house, new PicturePuzzle(drawing));
  const posing = { answers, ladder, randomness };
  return {
    gate: new SuspicionGate({
      answers,
      attempts: stores.attempts,
      clock,
      digests,
      limits,
      failures,
      reminded: new LRUCache({ max: REMEMBERED, ttl: limits.source.windowSeconds * 1000 }),
    }),
    showPicture: showPicture({ ...drawing, allowance, answers }),
    poseChallenge: poseChallenge({ ...posing, allowance, lifeSeconds }),
    passChallenge: passChallenge({ ...posing, digests, tokenLifeSeconds: tokenSeconds }),
  };
}

function ladderOf({ clock, config, digests }: House, picture: PicturePuzzle): ChallengeLadder {
  const { kinds, workRounds } = config.challenges;
  const work = new AltchaPuzzle({ key: new Secret(digests.keyed('challenge-work', 'altcha')), rounds: workRounds });
  const hosted = hostedBy(config);
  const puzzles = { picture, 'proof-of-work': work, ...(hosted && { hosted }) };
  return new ChallengeLadder({ clock, offered: kinds, puzzles });
}

function hostedBy({ challenges: { hosted } }: Config): TurnstilePuzzle | undefined {
  const { secret, ...options } = hosted;
  return options.siteKey === '' ? undefined : new TurnstilePuzzle({ ...options, secret: new Secret(secret) });
}
