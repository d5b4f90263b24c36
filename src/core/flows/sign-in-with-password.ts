// Signing in with a password.
import type { Rehash } from '../budgets/attempt-store.ts';
import type { PasswordVerdict, PoolPlace } from '../credentials/password-pool.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Secret } from '../kernel/secret.ts';
import type { Attempt, SignInDeps } from './attempt.ts';
import type { Flow } from './flow.ts';
import { admitCaller, beginAttempt, concludeAttempt, type Proof } from './sign-in.ts';
import { firstRefusal, PASSWORD_CHECKS } from './sign-in-checks.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** What is asked of a sign-in with a password. */
export interface PasswordSignInAsk extends SignInAsk {
  /**
   * The password as it was typed, or why it cannot be one (`fitPassword`). Which of the two it is, is answered at once; where the document
   * looks at names first, once the account is known to exist; and under the strict policy like any wrong password.
   */
  readonly password: Secret | Refusal;
}

export type SignInWithPassword = Flow<PasswordSignInAsk, SignedIn>;

/**
 * The order is the security: app, source, a place in the hash queue, the account, its budgets, the secret, and only then status and role.
 * Nothing is written before a place is taken, and nothing is hashed before the attempt is charged.
 */
export const signInWithPassword =
  (deps: SignInDeps): SignInWithPassword =>
  async (ask, call) => {
    const unfit = ask.password instanceof Refusal ? ask.password : undefined;
    const isVeiled = call.policy === 'strict';
    if (unfit !== undefined && !isVeiled && ask.namesBeforeFailures !== true) throw unfit;
    const app = await admitCaller(deps, ask, call);
    if (unfit !== undefined && isVeiled) throw new Refusal('credentials.mismatch', { hidden: unfit.code });
    const place = await deps.passwords.enter();
    try {
      const attempt = await beginAttempt(deps, ask, { call, app });
      if (unfit !== undefined && attempt.found !== undefined) throw unfit;
      return await concludeAttempt(deps, attempt, passwordProof(place, ask.password));
    } finally {
      place.leave();
    }
  };

/** A password that is none belongs to an unknown name here; that costs the same as a real one. */
function passwordProof(place: PoolPlace, given: Secret | Refusal): Proof {
  const password = given instanceof Refusal ? new Secret('') : given;
  let verdict: PasswordVerdict | undefined;
  return {
    act: 'sign-in.password',
    veil: 'credentials.mismatch',
    refuse: (evidence) => firstRefusal(PASSWORD_CHECKS, evidence),
    async examine({ found, ask }) {
      verdict = await place.verify(found?.passwordHash ?? null, password);
      return { found, matches: verdict.matches, roles: ask.roles };
    },
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
