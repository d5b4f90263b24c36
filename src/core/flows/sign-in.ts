// The one way in: every sign-in of every dialect passes here, whatever the proof.
import { lookupKeys } from '../accounts/identifier.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Rehash } from '../budgets/attempt-store.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import { type Attempt, type SignInDeps, whoAndWhence } from './attempt.ts';
import type { Call } from './call.ts';
import { drawSession } from './draw-session.ts';
import { openSession, type Proven } from './open-session.ts';
import { type Evidence, isGuess, isTelling } from './sign-in-checks.ts';
import type { AppClaim, ProofAsk, SignedIn, SignInAsk } from './signed-in.ts';

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
  /** What the audit should say of a proof that was accepted. */
  readonly remark?: (attempt: Attempt) => string | undefined;
  /** A newer hash for the proven password, if one is due. */
  readonly renew?: (attempt: Attempt) => Promise<Rehash | undefined>;
}

/** App and source: what is settled before any work is done for the caller. @throws Refusal */
export async function admitCaller(deps: SignInDeps, ask: Pick<ProofAsk, 'app'>, call: Call): Promise<Attempt['app']> {
  const app = await admitApp(deps, ask.app, call);
  await deps.gate.assertCalm(call);
  return app;
}

/** The app that is claimed, if one is. @throws Refusal `app.method-closed` when it wants no secrets in URLs, and as `AppGate.admit` */
export async function admitApp(
  { gate }: Pick<SignInDeps, 'gate'>,
  claim: AppClaim | undefined,
  call: Call,
): Promise<Attempt['app']> {
  const app = claim && (await gate.admit(claim, call));
  if (claim?.isGet === true && app?.allowsGet === false) throw new Refusal('app.method-closed');
  return app;
}

/** Looks the account up. */
export async function beginAttempt<Ask extends ProofAsk>(
  deps: SignInDeps,
  ask: Ask,
  by: { readonly call: Call; readonly app: Attempt['app'] },
): Promise<Attempt<Ask>> {
  const { app, call } = by;
  const realm = app?.realm ?? call.realm;
  const keys = ask.claims.flatMap((claim) => lookupKeys(claim, deps.vault));
  return { ask, call, app, realm, keys, found: await lookUp(deps.accounts, { ask, realm, keys }) };
}

function lookUp(
  accounts: SignInDeps['accounts'],
  { ask, realm, keys }: Pick<Attempt, 'ask' | 'realm' | 'keys'>,
): Promise<Attempt['found']> {
  if (ask.accountId !== undefined) return accounts.getWithPassword(ask.accountId);
  return keys.length === 0 ? Promise.resolve(undefined) : accounts.find(realm, keys);
}

/** What follows from a proof. It is prepared while the secret is being looked at, and settles the reservation. */
export type Ending<Outcome> = () => (proven: Proven) => Promise<Outcome>;

/** Signs in. @throws Refusal */
export function concludeAttempt(deps: SignInDeps, attempt: Attempt<SignInAsk>, proof: Proof): Promise<SignedIn> {
  const ending: Ending<SignedIn> = () => {
    // Another thread is busy with the hash now; after it, nobody has to wait for this.
    const drawn = drawSession(deps, attempt.ask.session);
    return (proven) => openSession(deps, attempt, { ...proven, act: proof.act, drawn });
  };
  return decideAttempt(deps, attempt, { ...proof, ending });
}

/** Somebody who has proven who they are, for something else than a session. */
export interface Prover {
  readonly app: Attempt['app'];
  readonly found: NonNullable<Attempt['found']>;
}

/** Gives the reservation back: the secret was right, whatever becomes of what it was proven for. */
export function releasing({ attempts }: Pick<SignInDeps, 'attempts'>, { app, found }: Attempt): Ending<Prover> {
  return () =>
    async ({ reservationId }) => {
      await attempts.release(reservationId, null);
      if (found === undefined) throw new Error('nobody can have proven anything');
      return { app, found };
    };
}

/** Asks for a challenge if one is due, reserves, examines, settles. @throws Refusal */
export async function decideAttempt<Outcome>(
  deps: SignInDeps,
  attempt: Attempt,
  proof: Proof & { readonly ending: Ending<Outcome> },
): Promise<Outcome> {
  const bar = await meetChallenge(deps, attempt);
  const reservationId = await reserve(deps, attempt);
  try {
    const examination = bar.isSpared ? NOBODY : proof.examine(attempt);
    const finish = proof.ending();
    const refusedWith = proof.refuse(await examination) ?? (await bar.close());
    if (refusedWith !== undefined) return await settleRefusal(deps, attempt, { proof, reservationId, refusedWith });
    const rehash = await proof.renew?.(attempt);
    const remark = proof.remark?.(attempt);
    return await finish({ reservationId, ...(remark && { remark }), ...(rehash && { rehash }) });
  } catch (reason) {
    if (!saysSomething(reason)) await deps.attempts.release(reservationId, null).catch(() => undefined);
    throw reason;
  } finally {
    deps.reservations.settled();
  }
}

/** Neither a fault nor a secret that nobody looked at says anything about it: then the reservation goes back, or lapses by itself. */
const saysSomething = (reason: unknown): boolean => reason instanceof Refusal && reason.code !== 'server.busy';

/** What a challenge leaves to be done. */
interface Bar {
  /** The name is nobody's, which the document tells before it asks for a challenge: then no work is done for whoever has not passed one. */
  readonly isSpared: boolean;
  /** Uses the answer up; a refusal if somebody else did meanwhile. */
  readonly close: () => Promise<RefusalCode | undefined>;
}

const NO_BAR: Bar = { isSpared: false, close: () => Promise.resolve(undefined) };
const NOBODY: Evidence = { found: undefined, roles: undefined };

/** @throws Refusal `challenge.missing`, `challenge.expired`, `challenge.mismatch` */
async function meetChallenge(deps: SignInDeps, attempt: Attempt): Promise<Bar> {
  const { challenge } = attempt.ask;
  if (challenge === undefined) return NO_BAR;
  const suspect = { call: attempt.call, subject: subjectOf(deps, attempt) };
  if (tellsNames(attempt) && attempt.found === undefined)
    return { ...NO_BAR, isSpared: await deps.challenges.isDue(challenge, suspect) };
  if (!(await deps.challenges.assertPassed(challenge, suspect))) return NO_BAR;
  const close = async () => ((await deps.challenges.useUp(challenge, suspect)) ? undefined : 'challenge.expired');
  return { isSpared: false, close };
}

/** The document answers unknown names before anything else about accounts, and may do so. */
function tellsNames({ ask, call }: Attempt): boolean {
  return ask.namesBeforeFailures === true && call.policy === 'documented';
}

async function reserve(deps: SignInDeps, attempt: Attempt): Promise<string> {
  try {
    return await deps.reservations.take(subjectOf(deps, attempt), attempt.call.source);
  } catch (reason) {
    if (reason instanceof Refusal && reason.kind === 'throttled') deps.gate.suspect(attempt.call);
    const isAboutName = reason instanceof Refusal && reason.code === 'throttle.account' && attempt.found === undefined;
    if (isAboutName && tellsNames(attempt)) {
      const { retryAfterSeconds: _, ...detail } = reason.detail;
      throw new Refusal('account.unknown', { ...detail, hidden: reason.code });
    }
    throw reason;
  }
}

/** Whom failures are counted against: the account, or the name nobody has, in one spelling. */
export function subjectOf(
  { digests }: Pick<SignInDeps, 'digests'>,
  { found, realm, keys, ask }: Pick<Attempt, 'found' | 'keys' | 'realm'> & { readonly ask: Pick<SignInAsk, 'claims'> },
): string {
  return found?.account.id ?? phantomOf(digests, { realm, keys, claims: ask.claims });
}

/** A name nobody has. */
interface Phantom {
  readonly realm: string;
  readonly keys: Attempt['keys'];
  readonly claims: SignInAsk['claims'];
}

/** What failures at a name nobody has are counted against. */
export function phantomOf(digests: SignInDeps['digests'], { realm, keys, claims }: Phantom): string {
  // A number or address is tried as a user name too, in whatever order the dialect likes: one of the keys has to stand for all.
  const key = keys.find(({ kind }) => kind !== 'username') ?? keys[0];
  const name = key?.key ?? claims[0]?.text.slice(0, 256) ?? '';
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
  if (isCharged(refusedWith, attempt.call)) {
    deps.gate.suspect(attempt.call);
    await deps.attempts.fail(reservationId, { limits: deps.limits, at, audit });
  } else {
    await deps.attempts.release(reservationId, audit);
  }
  throw veiled(refusedWith, attempt.call, proof.veil);
}

/** What sounds like a wrong secret has to count like one, or its not being counted would tell it apart. */
const isCharged = (code: RefusalCode, { policy }: Call): boolean =>
  policy === 'strict' ? isTelling(code) : isGuess(code);

/** Under the strict policy whatever would tell a stranger something about the account sounds the same. */
function veiled(code: RefusalCode, call: Call, veil: RefusalCode): Refusal {
  return call.policy === 'strict' && isTelling(code) ? new Refusal(veil, { hidden: code }) : new Refusal(code);
}
