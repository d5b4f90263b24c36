// Passing a challenge: the right answer is worth a token, and any answer uses the challenge up.
import { type ChallengeId, readChallengeId } from '../challenges/challenge-id.ts';
import type { Rung } from '../challenges/challenge-ladder.ts';
import { CHALLENGE_TOKEN, tokenPlace } from '../challenges/challenge-token.ts';
import { PuzzleOutage } from '../challenges/puzzle.ts';
import type { Digests } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import type { ChallengeDeps } from './pose-challenge.ts';

/** Which challenge, and what the client makes of it. */
export interface PassChallengeAsk {
  readonly id: string;
  readonly answer: Secret;
}

/** Good once, for the purpose the challenge was posed for. */
export interface PassedChallenge {
  readonly token: Secret;
  readonly lifeSeconds: number;
}

export type PassChallenge = Flow<PassChallengeAsk, PassedChallenge>;

/** What passing needs. */
export interface PassChallengeDeps extends ChallengeDeps {
  readonly digests: Digests;
  readonly tokenLifeSeconds: number;
}

/** The answer is used up before it is examined, so that nobody can have it examined twice. @throws Refusal `challenge.expired`, `challenge.mismatch` */
export const passChallenge =
  (deps: PassChallengeDeps): PassChallenge =>
  async ({ id, answer }, call) => {
    const posed = readChallengeId(id);
    const rung = posed && deps.ladder.find(posed.kind);
    if (posed === undefined || rung === undefined) throw new Refusal('challenge.expired');
    await assertAnswered(deps, { posed, rung, answer });
    if (!(await isSolved(deps, { rung, answer, call }))) throw new Refusal('challenge.mismatch');
    return issueToken(deps, posed);
  };

async function assertAnswered(
  { answers }: PassChallengeDeps,
  { posed, rung, answer }: { readonly posed: ChallengeId; readonly rung: Rung; readonly answer: Secret },
): Promise<void> {
  const verdict = await answers.claim(posed, rung.puzzle.keyIn(answer) ?? new Secret(''));
  if (verdict === 'accepted') return;
  throw new Refusal(verdict === 'expired' ? 'challenge.expired' : 'challenge.mismatch');
}

/** An examiner that cannot be reached has not said yes. The client is told to ask for another challenge, and gets one of another kind. */
async function isSolved(
  { ladder }: PassChallengeDeps,
  { rung, answer, call }: { readonly rung: Rung; readonly answer: Secret; readonly call: Call },
): Promise<boolean> {
  try {
    return await rung.puzzle.isSolved(answer, call.source);
  } catch (reason) {
    if (!(reason instanceof PuzzleOutage)) throw reason;
    ladder.leave(rung.kind);
    throw new Refusal('challenge.expired', { remark: reason.message });
  }
}

async function issueToken(deps: PassChallengeDeps, { passesFor }: ChallengeId): Promise<PassedChallenge> {
  const { answers, digests, randomness, tokenLifeSeconds: lifeSeconds } = deps;
  const token = new Secret(randomness.text(CHALLENGE_TOKEN));
  await answers.keep(tokenPlace(digests, passesFor, token), token, { lifeSeconds, tries: 1 });
  return { token, lifeSeconds };
}
