// Ending one of one's own sessions, or all the others.
import { Refusal } from '../kernel/refusal.ts';
import { doneBy } from './attempt.ts';
import { recogniseHolder, type SessionAsk } from './caller.ts';
import type { Flow } from './flow.ts';
import type { SignedOut, SignOutDeps } from './sign-out.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** Who asks, and which session is to end. */
export interface EndSessionAsk extends SessionAsk {
  readonly sessionId: string;
}

export type EndSession = Flow<EndSessionAsk, SignedOut>;
export type EndOtherSessions = Flow<SessionAsk, SignedOut>;

/** What ending needs. */
export interface EndSessionDeps extends Omit<SignOutDeps, 'sessionStore'> {
  readonly sessionStore: Pick<SessionStore, 'revokeOne' | 'revokeAll'>;
}

/** Any of one's own, that of the caller included. @throws Refusal `session.absent` for one that is not, whoever's it is */
export const endSession =
  (deps: EndSessionDeps): EndSession =>
  async ({ sessionId, ...ask }, call) => {
    const { app, session } = await recogniseHolder(deps, ask, call);
    const at = deps.clock.now();
    const audit = { at, act: 'session.revoke', outcome: 'success', ...doneBy(session.accountId, app, call) } as const;
    if (!(await deps.sessionStore.revokeOne(session.accountId, sessionId, audit))) throw new Refusal('session.absent');
    return { at };
  };

/** All but that of the caller, of whatever dialect. */
export const endOtherSessions =
  (deps: EndSessionDeps): EndOtherSessions =>
  async (ask, call) => {
    const { app, session } = await recogniseHolder(deps, ask, call);
    const at = deps.clock.now();
    const audit = {
      at,
      act: 'session.revoke-all',
      outcome: 'success',
      ...doneBy(session.accountId, app, call),
    } as const;
    await deps.sessionStore.revokeAll(session.accountId, session.digest, audit);
    return { at };
  };
