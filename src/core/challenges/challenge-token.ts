// The token that says a challenge was passed: good once, for one purpose.
import type { Digests, RandomSpelling } from '../kernel/ports.ts';
import type { Secret } from '../kernel/secret.ts';
import type { AnswerPlace } from './held-answers.ts';

/** 26 of 32 letters (z-base-32): 130 random bits, in the shape in which weidu spells all its tokens. */
export const CHALLENGE_TOKEN: RandomSpelling = { alphabet: 'ybndrfg8ejkmcpqxot1uwisza345h769', length: 26 };

/** Where a token of that purpose rests. */
export function tokenPlace(digests: Digests, purpose: string, token: Secret): AnswerPlace {
  return { purpose: `passed:${purpose}`, holder: digests.ofToken(token.reveal()) };
}
