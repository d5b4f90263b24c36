// Signing in with a one-time code.
import { codeDigest } from '../codes/code-digest.ts';
import type { CodeVerdict } from '../codes/code-store.ts';
import type { SpendGuard } from '../codes/spend-guard.ts';
import type { Errands } from '../kernel/errands.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Attempt, SignInDeps } from './attempt.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import type { SendCodeAsk } from './send-code.ts';
import { admitCaller, beginAttempt, concludeAttempt, type Proof, subjectOf } from './sign-in.ts';
import { CODE_CHECKS, firstRefusal } from './sign-in-checks.ts';
import type { ProofAsk, SignedIn, SignInAsk } from './signed-in.ts';

/** Somebody about to prove who they are with a code; the first claim is also where it was sent. */
export interface CodeProofAsk extends ProofAsk {
  /** Separates codes of different acts: `shopxo.login`. */
  readonly purpose: string;
  /** Undefined when none was given: that uses up nobody's tries and is answered like an expired one. */
  readonly code: Secret | undefined;
  /** Whose the first claim has to be for the code to be looked at: somebody's, who proves who they are by it, unless said otherwise. */
  readonly expects?: SendCodeAsk['expects'];
}

/** What is asked of a sign-in with a code. */
export interface CodeSignInAsk extends SignInAsk, CodeProofAsk {}

export type SignInWithCode = Flow<CodeSignInAsk, SignedIn>;

/** What signing in with a code needs. */
export interface CodeSignInDeps extends SignInDeps {
  readonly errands: Errands;
  readonly guard: SpendGuard;
}

export const signInWithCode =
  (deps: CodeSignInDeps): SignInWithCode =>
  (ask, call) =>
    decideByCode(deps, { ask, call }, (attempt, proof) => concludeAttempt(deps, attempt, proof));

/** As with a password, but a code is used up by being looked at, and wrong ones are counted over the day as well. */
export async function decideByCode<Ask extends CodeProofAsk, Outcome>(
  deps: CodeSignInDeps,
  { ask, call }: { readonly ask: Ask; readonly call: Call },
  decide: (attempt: Attempt<Ask>, proof: Proof) => Promise<Outcome>,
): Promise<Outcome> {
  const app = await admitCaller(deps, ask, call);
  const attempt = await beginAttempt(deps, ask, { call, app });
  const { proof, exhaustion } = codeProof(deps, ask);
  try {
    const outcome = await decide(attempt, proof);
    deps.errands.run(() => creditTo(deps, attempt));
    return outcome;
  } catch (reason) {
    // The same refusal, but it says when to come back.
    throw exhaustion() ?? reason;
  }
}

interface CodeProof {
  readonly proof: Proof;
  /** Why the code was not even looked at. */
  readonly exhaustion: () => Refusal | undefined;
}

function codeProof(deps: CodeSignInDeps, { code, purpose, expects = 'account' }: CodeProofAsk): CodeProof {
  let exhaustion: Refusal | undefined;
  const proof: Proof = {
    act: 'sign-in.code',
    veil: 'code.expired',
    refuse: (evidence) => firstRefusal(CODE_CHECKS, evidence),
    async examine(attempt) {
      const { found, ask } = attempt;
      try {
        const verdict = code === undefined ? 'expired' : await lookAt(deps, attempt, { code, purpose, expects });
        return { found, code: verdict, roles: ask.roles };
      } catch (reason) {
        if (!(reason instanceof Refusal)) throw reason;
        exhaustion = reason;
        return { found, code: 'exhausted', roles: ask.roles };
      }
    },
  };
  return { proof, exhaustion: () => exhaustion };
}

interface Claimed {
  readonly code: Secret;
  readonly purpose: string;
  readonly expects: SendCodeAsk['expects'];
}

/** @throws Refusal `throttle.account` when too many wrong ones were looked at within a day */
async function lookAt(deps: CodeSignInDeps, attempt: Attempt, claimed: Claimed): Promise<CodeVerdict> {
  const look = await deps.guard.look(subjectOf(deps, attempt), attempt.call.source);
  const verdict = await claim(deps, attempt, claimed);
  // Only a wrong code was a guess at one.
  if (verdict !== 'mismatch') await deps.guard.giveBack(look);
  return verdict;
}

/** The code of somebody else than it was sent for is not used up: whoever holds the number may still register with it. The work is the same. */
function claim(
  { clock, codes, digests }: CodeSignInDeps,
  { found, keys, realm }: Attempt,
  { code, purpose, expects }: Claimed,
): Promise<CodeVerdict> {
  const [first] = keys;
  const where = { realm, purpose, destination: first === undefined ? '' : `${first.kind}:${first.key}` };
  const digest = codeDigest(digests, where, code);
  const isMeant = expects === 'anyone' || (expects === 'nobody') === (found === undefined);
  return codes.claim(where, isMeant ? digest : '', clock.now());
}

async function creditTo({ guard }: CodeSignInDeps, { call, keys }: Attempt): Promise<void> {
  const [first] = keys;
  if (first === undefined) return;
  await guard.credit({ channel: first.kind === 'email' ? 'email' : 'sms', to: first.key, source: call.source });
}
