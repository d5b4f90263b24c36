// Registering without signing in.
import type { Account } from '../accounts/account.ts';
import type { MetaStore } from '../kernel/meta-store.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import { enrol, keep, type RegistrationAsk, type RegistrationDeps } from './registration.ts';

/** Undefined where nobody is to learn that the name was taken. */
export interface Registered {
  readonly account: Account | undefined;
}

export type RegisterAccount = Flow<RegistrationAsk, Registered>;

/** What registering without signing in needs. */
export interface RegisterAccountDeps extends RegistrationDeps {
  readonly meta: Pick<MetaStore, 'set'>;
}

/** Under the strict policy a taken name is answered like a free one: the same work, and as much waiting for the disk. */
export const registerAccount =
  (deps: RegisterAccountDeps): RegisterAccount =>
  async (ask, call) => {
    try {
      return { account: await keep(deps, await enrol(deps, ask, call), call) };
    } catch (reason) {
      if (!isTaken(reason) || call.policy !== 'strict') throw reason;
      await waitForTheDisk(deps, call);
      return { account: undefined };
    }
  };

const isTaken = (reason: unknown): boolean => reason instanceof Refusal && reason.code === 'identifier.taken';

/** A write as durable as that of an account. */
function waitForTheDisk({ meta }: RegisterAccountDeps, { requestId }: Call): Promise<void> {
  return meta.set('registration.taken', requestId);
}
