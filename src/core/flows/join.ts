// Registering through our own API: with a session at once, however often a client that heard no answer asks again.
import type { RegistrationKey, RegistrationKeys } from '../accounts/registration-keys.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import { registerAccount, type RegisterAccountDeps } from './register-account.ts';
import type { SignedIn } from './signed-in.ts';
import { signInWithPassword } from './sign-in-with-password.ts';
import { signUp, type SignUpAsk } from './sign-up.ts';

/** What somebody says of themselves, and what they call the asking. */
export interface JoinAsk extends Omit<SignUpAsk, 'once'> {
  /** In clear, as the client drew it. */
  readonly key?: string;
  /** What was asked, in one spelling, without any secret. */
  readonly request: string;
}

/** Without a session where nobody is to learn whether the name was taken: whoever has registered signs in then. */
export interface Joined {
  readonly signedIn: SignedIn | undefined;
}

export type Join = Flow<JoinAsk, Joined>;

/** What joining needs. */
export interface JoinDeps extends RegisterAccountDeps {
  readonly registrations: Pick<RegistrationKeys, 'find'>;
}

/** For so long a key stands for its registration. */
const KEY_LIFE_MS = 86_400_000;

/**
 * Under the strict policy a taken name is answered like a free one, so there is no session, and no key is needed: asking again changes nothing.
 * @throws Refusal `idempotency.mismatch`, and as registering
 */
export const join = (deps: JoinDeps): Join => {
  const [once, silently] = [registerOnce(deps), registerAccount(deps)];
  return async ({ key, request, ...ask }, call) => {
    if (call.policy === 'strict') {
      await silently(ask, call);
      return { signedIn: undefined };
    }
    const { digests } = deps;
    const named =
      key === undefined
        ? undefined
        : { key: digests.keyed('registration-key', key), request: digests.keyed('registration-request', request) };
    return { signedIn: await once({ ...ask, ...(named && { named }) }, call) };
  };
};

interface OnceAsk extends Omit<SignUpAsk, 'once'> {
  readonly named?: RegistrationKey;
}

function registerOnce(deps: JoinDeps): Flow<OnceAsk, SignedIn> {
  const [first, again] = [signUp(deps), repeat(deps)];
  return async ({ named, ...ask }, call) => {
    if (named === undefined) return first(ask, call);
    const earlier = await again({ ...ask, named }, call);
    if (earlier !== undefined) return earlier;
    try {
      const endsAt = deps.clock.now() + KEY_LIFE_MS;
      return await first({ ...ask, once: { ...named, endsAt } }, call);
    } catch (reason) {
      // A twin that was faster took the name, or used the code up.
      const twin = reason instanceof Refusal ? await again({ ...ask, named }, call) : undefined;
      if (twin === undefined) throw reason;
      return twin;
    }
  };
}

/** Asking again is signing in: whoever knows the key has still to know the password, and pays for guessing at it. */
function repeat(deps: JoinDeps): Flow<OnceAsk & { readonly named: RegistrationKey }, SignedIn | undefined> {
  const signIn = signInWithPassword(deps);
  return async ({ named, password, session, client }, call) => {
    const kept = await deps.registrations.find(realmOf(call), named.key, deps.clock.now());
    if (kept === undefined) return undefined;
    if (kept.request !== named.request) throw new Refusal('idempotency.mismatch');
    return signIn({ claims: [], accountId: kept.accountId, password, session, client }, call);
  };
}

const realmOf = ({ realm }: Call): string => realm;
