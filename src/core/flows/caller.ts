// Who calls, where a call is about one's own account: the holder of a session, or whoever knows the password.
import type { Account } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import type { App } from '../apps/app.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionDirectory } from '../sessions/session-directory.ts';
import type { SignInDeps } from './attempt.ts';
import type { Call } from './call.ts';
import { admitApp, decideAttempt, releasing } from './sign-in.ts';
import { decideByPassword, type PasswordProofAsk } from './sign-in-with-password.ts';
import type { AppClaim } from './signed-in.ts';

/** The claim to hold a session. */
export interface SessionClaim {
  readonly token: Secret;
  /** Left out by carriers that no browser sends unasked; the others must bring the session's own. */
  readonly csrf?: Secret;
  /** The public id that came along, if one did: it must be the account's. */
  readonly publicId?: string;
}

/** A claim to be somebody, and the password that proves it. */
export type PasswordClaim = Pick<PasswordProofAsk, 'claims' | 'password'>;

/** What is asked by the holder of a session. */
export interface SessionAsk {
  readonly who: SessionClaim;
  /** Demanded by dialects whose clients are registered applications. */
  readonly app?: AppClaim;
}

/** What is asked by the holder of a session or, where the app demands no token, by whoever knows the password. */
export interface CallerAsk {
  readonly who: SessionClaim | PasswordClaim;
  readonly app?: AppClaim;
}

/** The holder of a session. */
export interface Holder {
  readonly app: App | undefined;
  readonly session: Session;
}

/** Somebody who has proven who they are. */
export interface Caller {
  readonly account: Account;
  readonly app: App | undefined;
}

/** What recognising the holder of a session needs. */
export interface HolderDeps extends Pick<SignInDeps, 'digests' | 'gate'> {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly sessions: SessionDirectory;
}

/** What recognising anybody needs. */
export interface CallerDeps extends SignInDeps, HolderDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'get' | 'getWithPassword'>;
}

/**
 * The session claimed. A token is good with the dialect, the realm and the app it was issued for, and nowhere else.
 * @throws Refusal `session.unknown`, and as `AppGate.admit`
 */
export async function recogniseHolder(deps: HolderDeps, ask: SessionAsk, call: Call): Promise<Holder> {
  const app = await admitApp(deps, ask.app, call);
  const { session } = await deps.sessions.recognise(ask.who.token);
  const isFromHere = session.dialect === call.dialect && session.realm === (app?.realm ?? call.realm);
  const isOfApp = app === undefined || session.appId === app.id;
  const isTheirs = isFromHere && isOfApp && hasCsrf(deps, session, ask.who) && (await isOf(deps, session, ask.who));
  if (!isTheirs) throw new Refusal('session.unknown');
  return { app, session };
}

function hasCsrf({ digests }: HolderDeps, { csrfDigest }: Session, { csrf }: SessionClaim): boolean {
  if (csrf === undefined) return true;
  return csrfDigest !== null && digests.equal(digests.ofToken(csrf.reveal()), csrfDigest);
}

async function isOf({ accounts }: HolderDeps, { accountId }: Session, { publicId }: SessionClaim): Promise<boolean> {
  return publicId === undefined || (await accounts.get(accountId))?.publicId === publicId;
}

/**
 * Whoever calls.
 * @param act names the act in the audit, should the password be wrong
 * @throws Refusal `session.unknown`; `input.malformed` when the app demands a token; and as a sign-in
 */
export async function identifyCaller(
  deps: CallerDeps,
  ask: CallerAsk & { readonly act: string },
  call: Call,
): Promise<Caller> {
  const { who, app: claimed, act } = ask;
  const app = claimed && { app: claimed };
  if ('token' in who) return accountOf(deps, await recogniseHolder(deps, { who, ...app }, call));
  if ((await admitApp(deps, claimed, call))?.demandsToken !== false)
    throw new Refusal('input.malformed', { field: 'token' });
  const prover = await decideByPassword(deps, { ask: { ...who, ...app }, call }, (attempt, proof) => {
    const { veil, examine, refuse } = proof;
    return decideAttempt(deps, attempt, { act, veil, examine, refuse, ending: releasing(deps, attempt) });
  });
  return { account: prover.found.account, app: prover.app };
}

/** Whoever is gone holds no session. */
async function accountOf({ accounts }: CallerDeps, { app, session }: Holder): Promise<Caller> {
  const account = await accounts.get(session.accountId);
  if (account === undefined) throw new Refusal('session.unknown');
  return { account, app };
}
