// Signing out: the session ends at once, everywhere.
import type { Clock } from '../kernel/ports.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { doneBy } from './attempt.ts';
import { type HolderDeps, recogniseHolder, type SessionAsk } from './caller.ts';
import type { Flow } from './flow.ts';

/** A session has ended. */
export interface SignedOut {
  readonly at: number;
}

export type SignOut = Flow<SessionAsk, SignedOut>;

/** What signing out needs. */
export interface SignOutDeps extends HolderDeps {
  readonly clock: Clock;
  readonly sessionStore: Pick<SessionStore, 'revoke'>;
}

/** Two who end the same session at once have both ended it. */
export const signOut =
  (deps: SignOutDeps): SignOut =>
  async (ask, call) => {
    const { app, session } = await recogniseHolder(deps, ask, call);
    const at = deps.clock.now();
    await deps.sessionStore.revoke(session.digest, {
      at,
      act: 'sign-out',
      outcome: 'success',
      ...doneBy(session.accountId, app, call),
    });
    return { at };
  };
