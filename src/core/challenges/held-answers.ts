// Answers to challenges rest as one-time codes do: as keyed digests, short-lived, of few tries, for one purpose and one holder, whose name does not show.
import { codeDigest } from '../codes/code-digest.ts';
import type { CodePurpose, CodeStore, CodeVerdict } from '../codes/code-store.ts';
import type { Clock, Digests } from '../kernel/ports.ts';
import type { Secret } from '../kernel/secret.ts';

/** What an answer is good for, and whose it is. */
export interface AnswerPlace {
  readonly purpose: string;
  /** A client, a challenge or a token, as whoever keeps the answer names it. */
  readonly holder: string;
}

/** How long an answer is good, and for how many looks. */
export interface AnswerTerms {
  readonly lifeSeconds: number;
  readonly tries: number;
}

/** What keeping answers needs. */
export interface HeldAnswersDeps {
  readonly clock: Clock;
  readonly codes: Pick<CodeStore, 'claim' | 'hold' | 'look' | 'withdraw'>;
  readonly digests: Digests;
}

/** Challenges are about clients, not accounts, and so belong to no realm. */
const NO_REALM = '*';

/** Keeps answers. */
export class HeldAnswers {
  readonly #deps: HeldAnswersDeps;

  constructor(deps: HeldAnswersDeps) {
    this.#deps = deps;
  }

  /** Keeps the answer; the earlier one of the same place ends. */
  async keep(place: AnswerPlace, answer: Secret, { lifeSeconds, tries }: AnswerTerms): Promise<void> {
    const { clock, codes } = this.#deps;
    const issuedAt = clock.now();
    const kept = { ...this.#kept(place, answer), issuedAt, expiresAt: issuedAt + lifeSeconds * 1000, tries };
    await codes.hold(kept);
  }

  /** Uses up one try, right or wrong. */
  look(place: AnswerPlace, given: Secret): Promise<CodeVerdict> {
    const { digest, ...where } = this.#kept(place, given);
    return this.#deps.codes.look(where, digest, this.#deps.clock.now());
  }

  /** Accepts it once. */
  claim(place: AnswerPlace, given: Secret): Promise<CodeVerdict> {
    const { digest, ...where } = this.#kept(place, given);
    return this.#deps.codes.claim(where, digest, this.#deps.clock.now());
  }

  /** Ends it; false if it had ended before. */
  useUp(place: AnswerPlace, given: Secret): Promise<boolean> {
    const { digest, ...where } = this.#kept(place, given);
    return this.#deps.codes.withdraw(where, digest);
  }

  #kept({ purpose, holder }: AnswerPlace, answer: Secret): CodePurpose & { readonly digest: string } {
    const { digests } = this.#deps;
    const where = { realm: NO_REALM, purpose, destination: `challenge:${digests.keyed('challenge-holder', holder)}` };
    return { ...where, digest: codeDigest(digests, where, answer) };
  }
}
