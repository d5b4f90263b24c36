// A session about to be opened: its secrets drawn, its owner and its terms written down.
import type { App } from '../apps/app.ts';
import type { Clock, Digests, Randomness } from '../kernel/ports.ts';
import { Secret } from '../kernel/secret.ts';
import type { ClientDescription, IssuedSession, Session, SessionTerms } from '../sessions/session.ts';
import type { Call } from './call.ts';

/** What chance has to say about a session. */
export interface Drawn {
  /** What the client gets. */
  readonly issued: Pick<IssuedSession, 'id' | 'token' | 'csrf'>;
  /** What rests in the store. */
  readonly kept: Pick<Session, 'id' | 'digest' | 'csrfDigest'>;
}

/** What drawing needs. */
export interface DrawSessionDeps {
  readonly clock: Clock;
  readonly digests: Digests;
  readonly randomness: Randomness;
}

/** Whose session it is to be, and under which terms. */
export interface SessionPlan {
  readonly accountId: string;
  readonly app: App | undefined;
  readonly ask: { readonly session: SessionTerms; readonly client: ClientDescription };
  readonly call: Call;
  readonly realm: string;
}

/** Draws the secrets: good for nothing until the session is opened. */
export function drawSession({ clock, digests, randomness }: DrawSessionDeps, terms: SessionTerms): Drawn {
  const id = randomness.uuid(clock.now());
  const token = randomness.text(terms.token);
  const csrf = terms.csrf && randomness.text(terms.csrf);
  return {
    issued: { id, token: new Secret(token), ...(csrf !== undefined && { csrf: new Secret(csrf) }) },
    kept: { id, digest: digests.ofToken(token), csrfDigest: csrf === undefined ? null : digests.ofToken(csrf) },
  };
}

/** The session as the store is to keep it. */
export function sessionOf({ accountId, app, ask, call, realm }: SessionPlan, drawn: Drawn, at: number): Session {
  const lifeSeconds = app?.sessionLifeSeconds ?? ask.session.lifeSeconds;
  return {
    ...drawn.kept,
    accountId,
    appId: app?.id ?? null,
    client: ask.client,
    dialect: call.dialect,
    realm,
    source: call.source.address,
    issuedAt: at,
    expiresAt: at + lifeSeconds * 1000,
    idleSeconds: ask.session.idleSeconds ?? null,
    seenAt: at,
  };
}
