// The challenge a provider shows and judges: Cloudflare Turnstile, asked by its documented siteverify call
// (https://developers.cloudflare.com/turnstile/get-started/server-side-validation/).
import { type Posed, type Puzzle, PuzzleOutage, Secret, type Source } from '#core';

/** What asking Turnstile needs. */
export interface TurnstileOptions {
  readonly siteKey: string;
  readonly secret: Secret;
  /** Address of siteverify. */
  readonly url: string;
  readonly timeoutMs: number;
}

/** What siteverify says, as far as it matters here. */
interface Verdict {
  readonly success?: unknown;
  readonly 'error-codes'?: unknown;
}

/** The longest answer Turnstile gives out. */
const LONGEST = 2048;

/** Errors that are about the answer; all others are about us or the provider. */
const ABOUT_THE_ANSWER = new Set(['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']);

/** Nothing in the answer can be checked here, so its challenge is only found alive. */
const ALIVE = new Secret('turnstile');

/** Says yes only when Turnstile did. */
export class TurnstilePuzzle implements Puzzle {
  readonly #options: TurnstileOptions;

  constructor(options: TurnstileOptions) {
    this.#options = options;
  }

  pose(): Promise<Posed> {
    const { siteKey } = this.#options;
    return Promise.resolve({ shown: { kind: 'hosted', provider: 'turnstile', siteKey }, key: ALIVE });
  }

  keyIn(answer: Secret): Secret | undefined {
    const { length } = answer.reveal();
    return length > 0 && length <= LONGEST ? ALIVE : undefined;
  }

  async isSolved(answer: Secret, { address }: Source): Promise<boolean> {
    const verdict = await this.#ask(answer, address);
    if (verdict.success === true) return true;
    const errors = Array.isArray(verdict['error-codes']) ? verdict['error-codes'].map(String) : [];
    if (verdict.success === false && errors.length > 0 && errors.every((code) => ABOUT_THE_ANSWER.has(code)))
      return false;
    throw new PuzzleOutage(`Turnstile did not judge: ${errors.join(' ').slice(0, 200) || 'no reason given'}`);
  }

  async #ask(answer: Secret, address: string): Promise<Verdict> {
    const { secret, timeoutMs, url } = this.#options;
    const body = new URLSearchParams({ secret: secret.reveal(), response: answer.reveal(), remoteip: address });
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const heard = await fetch(url, { method: 'POST', body, redirect: 'error', signal });
      if (!heard.ok) throw new PuzzleOutage(`Turnstile answered with status ${heard.status}`);
      const verdict = (await heard.json()) as Verdict | null;
      return verdict ?? {};
    } catch (reason) {
      if (reason instanceof PuzzleOutage) throw reason;
      throw new PuzzleOutage('Turnstile could not be asked', { cause: reason });
    }
  }
}
