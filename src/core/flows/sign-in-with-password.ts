// Signing in with a password.
import type { Rehash } from '../budgets/attempt-store.ts';
import { isWeakPassword } from '../credentials/new-password.ts';
import type { PasswordVerdict, PoolPlace } from '../credentials/password-pool.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { Attempt, SignInDeps } from './attempt.ts';
import { type Call, entrantOf } from './call.ts';
import type { Flow } from './flow.ts';
import { admitCaller, beginAttempt, concludeAttempt, type Proof } from './sign-in.ts';
import { firstRefusal, PASSWORD_CHECKS } from './sign-in-checks.ts';
import type { ProofAsk, SignedIn, SignInAsk } from './signed-in.ts';

/** Somebody about to prove who they are with a password. */
export interface PasswordProofAsk extends ProofAsk {
  /**
   * The password as it was typed, or why it cannot be one (`fitPassword`). Which of the two it is, is answered at once; where the document
   * looks at names first, once the account is known to exist; and under the strict policy like any wrong password.
   */
  readonly password: Secret | Refusal;
}

/** What is asked of a sign-in with a password. */
export interface PasswordSignInAsk extends SignInAsk, PasswordProofAsk {}

export type SignInWithPassword = Flow<PasswordSignInAsk, SignedIn>;

export const signInWithPassword =
  (deps: SignInDeps): SignInWithPassword =>
  (ask, call) =>
    decideByPassword(deps, { ask, call }, (attempt, proof) => concludeAttempt(deps, attempt, proof));

/**
 * The order is the security: app, source, a place in the hash queue, the account, its budgets, the secret, and only then status and role.
 * Nothing is written before a place is taken, and nothing is hashed before the attempt is charged.
 */
export async function decideByPassword<Ask extends PasswordProofAsk, Outcome>(
  deps: SignInDeps,
  { ask, call }: { readonly ask: Ask; readonly call: Call },
  decide: (attempt: Attempt<Ask>, proof: Proof) => Promise<Outcome>,
): Promise<Outcome> {
  const unfit = ask.password instanceof Refusal ? ask.password : undefined;
  const isVeiled = call.policy === 'strict';
  if (unfit !== undefined && !isVeiled && ask.namesBeforeFailures !== true) throw unfit;
  const app = await admitCaller(deps, ask, call);
  if (unfit !== undefined && isVeiled) throw new Refusal('credentials.mismatch', { hidden: unfit.code });
  const place = await deps.passwords.enter(entrantOf(call, ask.roles));
  try {
    const attempt = await beginAttempt(deps, ask, { call, app });
    if (unfit !== undefined && attempt.found !== undefined) throw unfit;
    return await decide(attempt, passwordProof(deps, place, ask.password));
  } finally {
    place.leave();
  }
}

/** A password that is none belongs to an unknown name here; that costs the same as a real one. */
function passwordProof({ passwordPolicy }: SignInDeps, place: PoolPlace, given: Secret | Refusal): Proof {
  const password = given instanceof Refusal ? new Secret('') : given;
  let verdict: PasswordVerdict | undefined;
  let isWeak = false;
  return {
    act: 'sign-in.password',
    veil: 'credentials.mismatch',
    refuse: (evidence) => firstRefusal(PASSWORD_CHECKS, evidence),
    async examine({ found, ask }) {
      const verifying = place.verify(found?.passwordHash ?? null, password);
      // Another thread is busy with the hash now; after it, nobody has to wait for this.
      isWeak = isWeakPassword(password, found?.account.roles ?? [], passwordPolicy);
      verdict = await verifying;
      return { found, matches: verdict.matches, roles: ask.roles };
    },
    remark: () => (isWeak ? 'weak-password' : undefined),
    renew: ({ found }) => renewed(place, password, verdict?.isOutdated === true ? found : undefined),
  };
}

/** A newer hash must never cost anyone the sign-in: if it cannot be made, the old one serves on. */
async function renewed(place: PoolPlace, password: Secret, outdated: Attempt['found']): Promise<Rehash | undefined> {
  if (outdated?.passwordHash == null) return undefined;
  try {
    return { previous: outdated.passwordHash, next: await place.hash(password) };
  } catch {
    return undefined;
  }
}
