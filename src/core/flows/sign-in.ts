// The one way in: every sign-in of every dialect passes here, whatever the proof.
import { lookupKeys } from '../accounts/identifier.ts';
import { assertSourceIsCalm } from '../apps/app-gate.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Rehash } from '../budgets/attempt-store.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import { type Attempt, type SignInDeps, whoAndWhence } from './attempt.ts';
import type { Call } from './call.ts';
import { drawSession, openSession } from './open-session.ts';
import { type Evidence, isGuess, isTelling } from './sign-in-checks.ts';
import type { SignedIn, SignInAsk } from './signed-in.ts';

/** How a kind of sign-in proves who somebody is. */
export interface Proof {
  /** Name of the act in the audit. */
  readonly act: string;
  /** What all telling refusals become under the strict policy. */
  readonly veil: RefusalCode;
  /** Looks at the secret, once the attempt is reserved. */
  readonly examine: (attempt: Attempt) => Promise<Evidence>;
  /** The code of the first check that refuses, if any. */
  readonly refuse: (evidence: Evidence) => RefusalCode | undefined;
  /** A newer hash for the proven password, if one is due. */
  readonly renew?: (attempt: Attempt) => Promise<Rehash | undefined>;
}

/** App and source: what is settled before any work is done for the caller. @throws Refusal */
export async function admitCaller(deps: SignInDeps, ask: SignInAsk, call: Call): Promise<Attempt['app']> {
  const app = ask.app && (await deps.gate.admit(ask.app, call));
  if (ask.app?.isGet === true && app?.allowsGet === false) throw new Refusal('app.method-closed');
  await assertSourceIsCalm(deps, call);
  return app;
}

/** Looks the account up. */
export async function beginAttempt(
  deps: SignInDeps,
  ask: SignInAsk,
  by: { readonly call: Call; readonly app: Attempt['app'] },
): Promise<Attempt> {
  const { app, call } = by;
  const realm = app?.realm ?? call.realm;
  const keys = ask.claims.flatMap((claim) => lookupKeys(claim, deps.vault));
  const found = keys.length === 0 ? undefined : await deps.accounts.find(realm, keys);
  return { ask, call, app, realm, keys, found };
}

/** Reserves, examines, settles. @throws Refusal */
export async function concludeAttempt(deps: SignInDeps, attempt: Attempt, proof: Proof): Promise<SignedIn> {
  const reservationId = await reserve(deps, attempt);
  try {
    const examination = proof.examine(attempt);
    // Another thread is busy with the hash now; after it, nobody has to wait for this.
    const drawn = drawSession(deps, attempt);
    const refusedWith = proof.refuse(await examination);
    if (refusedWith !== undefined) return await settleRefusal(deps, attempt, { proof, reservationId, refusedWith });
    const rehash = await proof.renew?.(attempt);
    return await openSession(deps, attempt, { reservationId, act: proof.act, drawn, ...(rehash && { rehash }) });
  } catch (reason) {
    // A fault says nothing about the secret: the reservation goes back, or lapses by itself.
    if (!(reason instanceof Refusal)) await deps.attempts.release(reservationId, null).catch(() => undefined);
    throw reason;
  } finally {
    deps.reservations.settled();
  }
}

async function reserve(deps: SignInDeps, attempt: Attempt): Promise<string> {
  try {
    return await deps.reservations.take(subjectOf(deps, attempt), attempt.call.source);
  } catch (reason) {
    const isAboutName = reason instanceof Refusal && reason.code === 'throttle.account' && attempt.found === undefined;
    if (isAboutName && attempt.ask.namesBeforeFailures === true && attempt.call.policy === 'documented') {
      throw new Refusal('account.unknown');
    }
    throw reason;
  }
}

/** Whom failures are counted against: the account, or the name nobody has, in one spelling. */
function subjectOf({ digests }: SignInDeps, { found, realm, keys, ask }: Attempt): string {
  if (found !== undefined) return found.account.id;
  // A number or address is tried as a user name too, in whatever order the dialect likes: one of the keys has to stand for all.
  const key = keys.find(({ kind }) => kind !== 'username') ?? keys[0];
  const name = key?.key ?? ask.claims[0]?.text.slice(0, 256) ?? '';
  return digests.keyed('phantom', `${realm} ${name}`);
}

interface RefusedAttempt {
  readonly proof: Proof;
  readonly reservationId: string;
  readonly refusedWith: RefusalCode;
}

async function settleRefusal(deps: SignInDeps, attempt: Attempt, refused: RefusedAttempt): Promise<never> {
  const { reservationId, refusedWith, proof } = refused;
  const at = deps.clock.now();
  const audit: AuditEntry = { at, act: proof.act, outcome: 'refused', reason: refusedWith, ...whoAndWhence(attempt) };
  if (isGuess(refusedWith)) await deps.attempts.fail(reservationId, { limits: deps.limits, at, audit });
  else await deps.attempts.release(reservationId, audit);
  throw veiled(refusedWith, attempt.call, proof.veil);
}

/** Under the strict policy whatever would tell a stranger something about the account sounds the same. */
function veiled(code: RefusalCode, call: Call, veil: RefusalCode): Refusal {
  return call.policy === 'strict' && isTelling(code) ? new Refusal(veil, { hidden: code }) : new Refusal(code);
}
