// Token introspection (RFC 7662): an app asks what a token is worth.
import type { AppGate } from '../apps/app-gate.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { endOf } from '../sessions/session.ts';
import type { SessionDirectory } from '../sessions/session-directory.ts';
import type { SessionWithOwner } from '../sessions/session-store.ts';
import type { Flow } from './flow.ts';

/** An app that asks, and the token it asks about. */
export interface IntrospectAsk {
  readonly app: { readonly id: string; readonly signature: Secret };
  readonly token: Secret;
}

/** RFC 7662, section 2.2; instants in milliseconds. */
export type Introspection =
  | { readonly isActive: false }
  | {
      readonly isActive: true;
      readonly accountId: string;
      readonly username: string | null;
      readonly clientId: string | null;
      readonly issuedAt: number;
      readonly expiresAt: number;
      readonly dialect: string;
      readonly realm: string;
    };

/** An app that asks about many tokens at once. */
export interface IntrospectManyAsk extends Pick<IntrospectAsk, 'app'> {
  readonly tokens: readonly Secret[];
}

export type IntrospectTokens = Flow<IntrospectManyAsk, readonly Introspection[]>;

export type IntrospectToken = Flow<IntrospectAsk, Introspection>;

/** What introspection needs. */
export interface IntrospectDeps {
  readonly gate: AppGate;
  readonly sessions: SessionDirectory;
}

/** An app sees only tokens of its own realm; any other token is simply not active. */
export const introspectToken =
  ({ gate, sessions }: IntrospectDeps): IntrospectToken =>
  async (ask, call) => {
    const app = await gate.admit(ask.app, call);
    return worthOf(sessions, ask.token, app.realm);
  };

/** The same of each, in their order. */
export const introspectTokens =
  ({ gate, sessions }: IntrospectDeps): IntrospectTokens =>
  async (ask, call) => {
    const { realm } = await gate.admit(ask.app, call);
    return Promise.all(ask.tokens.map((token) => worthOf(sessions, token, realm)));
  };

async function worthOf(sessions: SessionDirectory, token: Secret, realm: string): Promise<Introspection> {
  const found = await recogniseQuietly(sessions, token);
  return found?.session.realm === realm ? describe(found) : { isActive: false };
}

async function recogniseQuietly(sessions: SessionDirectory, token: Secret): Promise<SessionWithOwner | undefined> {
  try {
    return await sessions.recognise(token);
  } catch (reason) {
    if (reason instanceof Refusal) return undefined;
    throw reason;
  }
}

function describe({ session, username }: SessionWithOwner): Introspection {
  return {
    isActive: true,
    accountId: session.accountId,
    username,
    clientId: session.appId,
    issuedAt: session.issuedAt,
    expiresAt: endOf(session),
    dialect: session.dialect,
    realm: session.realm,
  };
}
