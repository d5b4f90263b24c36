// Signing in with a one-time code.
import { codeDigest } from '../codes/code-digest.ts';
import type { CodePurpose } from '../codes/code-store.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Attempt, SignInDeps } from './attempt.ts';
import type { Flow } from './flow.ts';
import { admitCaller, beginAttempt, concludeAttempt, type Proof } from './sign-in.ts';
import { CODE_CHECKS, firstRefusal } from './sign-in-checks.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** What is asked of a sign-in with a code; its first claim is also where the code was sent. */
export interface CodeSignInAsk extends SignInAsk {
  /** Separates codes of different acts: `shopxo.login`. */
  readonly purpose: string;
  /** Undefined when none was given: that uses up nobody's tries and is answered like an expired one. */
  readonly code: Secret | undefined;
}

export type SignInWithCode = Flow<CodeSignInAsk, SignedIn>;

/** As with a password, but a code is used up by being looked at. */
export const signInWithCode =
  (deps: SignInDeps): SignInWithCode =>
  async (ask, call) => {
    const app = await admitCaller(deps, ask, call);
    const attempt = await beginAttempt(deps, ask, { call, app });
    return concludeAttempt(deps, attempt, codeProof(deps, ask));
  };

function codeProof(deps: SignInDeps, { code, purpose }: CodeSignInAsk): Proof {
  return {
    act: 'sign-in.code',
    veil: 'code.expired',
    refuse: (evidence) => firstRefusal(CODE_CHECKS, evidence),
    async examine(attempt) {
      const where = sentTo(attempt, purpose);
      const verdict = code && (await deps.codes.claim(where, codeDigest(deps.digests, where, code), deps.clock.now()));
      return { found: attempt.found, code: verdict ?? 'expired', roles: attempt.ask.roles };
    },
  };
}

function sentTo({ realm, keys }: Attempt, purpose: string): CodePurpose {
  const [first] = keys;
  return { realm, purpose, destination: first === undefined ? '' : `${first.kind}:${first.key}` };
}
