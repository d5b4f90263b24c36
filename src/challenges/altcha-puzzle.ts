// The challenge that is work for the client's machine: the signed tasks of the ALTCHA widget (https://altcha.org), for people who cannot read pictures.
import { type JsonObject, type Posed, type Puzzle, Secret } from '#core';
import type { Challenge, Solution } from 'altcha-lib';

/** What posing work needs. */
export interface AltchaOptions {
  /** Signs the tasks. */
  readonly key: Secret;
  /** Rounds of PBKDF2 for one guess; about 256 guesses solve a task. */
  readonly rounds: number;
}

/** What the widget sends. */
interface Payload {
  readonly challenge: Challenge;
  readonly solution: Solution;
}

/** Loaded when somebody asks for work: a server where nobody does keeps its memory. */
async function altcha() {
  const [{ createChallenge, verifySolution }, { deriveKey }] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/pbkdf2'),
  ]);
  return { createChallenge, verifySolution, deriveKey };
}

/** The signature is what ties an answer to its task. */
export class AltchaPuzzle implements Puzzle {
  readonly #options: AltchaOptions;

  constructor(options: AltchaOptions) {
    this.#options = options;
  }

  async pose(): Promise<Posed> {
    const { key, rounds } = this.#options;
    const { createChallenge, deriveKey } = await altcha();
    const task = await createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: rounds,
      deriveKey,
      hmacSignatureSecret: key.reveal(),
    });
    // Plain data as it will be sent: members that are undefined are not there.
    const shown = JSON.parse(JSON.stringify(task)) as JsonObject;
    return { shown: { kind: 'proof-of-work', task: shown }, key: new Secret(task.signature ?? '') };
  }

  keyIn(answer: Secret): Secret | undefined {
    const signature = payloadIn(answer)?.challenge.signature;
    return typeof signature === 'string' && signature !== '' ? new Secret(signature) : undefined;
  }

  async isSolved(answer: Secret): Promise<boolean> {
    const payload = payloadIn(answer);
    if (payload === undefined) return false;
    const { verifySolution, deriveKey } = await altcha();
    try {
      const secret = this.#options.key.reveal();
      return (await verifySolution({ ...payload, deriveKey, hmacSignatureSecret: secret })).verified;
    } catch {
      // The library throws at whatever it cannot make sense of.
      return false;
    }
  }
}

/** Base64 of JSON, which is how the widget spells it. */
function payloadIn(answer: Secret): Payload | undefined {
  try {
    const payload = JSON.parse(Buffer.from(answer.reveal(), 'base64').toString('utf8')) as Partial<Payload> | null;
    const { challenge, solution } = payload ?? {};
    return challenge && solution && { challenge, solution };
  } catch {
    return undefined;
  }
}
