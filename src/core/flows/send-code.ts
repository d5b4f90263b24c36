// Sending a one-time code to a mobile number or an e-mail address.
import type { AccountStore } from '../accounts/account-store.ts';
import { type IdentifierClaim, type IdentifierKey, normaliseIdentifier } from '../accounts/identifier.ts';
import { type AppGate, assertSourceIsCalm, whence } from '../apps/app-gate.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import type { AttemptStore } from '../budgets/attempt-store.ts';
import type { BudgetLimits } from '../budgets/budget.ts';
import type { ChallengeAsk } from '../challenges/challenge-ask.ts';
import type { ChallengeGate } from '../challenges/challenge-gate.ts';
import { codeDigest } from '../codes/code-digest.ts';
import type { CodePurpose, CodeStore } from '../codes/code-store.ts';
import type { CodeWatch } from '../codes/code-watch.ts';
import { type CodeSpelling, drawCode } from '../codes/draw-code.ts';
import type { Charged, SpendGuard } from '../codes/spend-guard.ts';
import { type Courier, CourierError, type Message } from '../couriers/courier.ts';
import type { Errands } from '../kernel/errands.ts';
import type { Clock, Digests, Randomness } from '../kernel/ports.ts';
import { Refusal, type RefusalCode } from '../kernel/refusal.ts';
import type { Call } from './call.ts';
import type { Flow } from './flow.ts';
import { phantomOf } from './sign-in.ts';
import type { AppClaim } from './signed-in.ts';

/** What is asked of sending a code. */
export interface SendCodeAsk {
  /** A mobile or an e-mail: where the code goes. */
  readonly claim: IdentifierClaim;
  /** What the code is going to be good for: `shopxo.login`. */
  readonly purpose: string;
  readonly message: Extract<Message['name'], `code.${string}`>;
  readonly code: CodeSpelling;
  readonly lifeSeconds: number;
  /** Wrong codes that are looked at before this one is good for nothing. */
  readonly tries: number;
  /** Whose the destination has to be: somebody's who proved it, nobody's, or whoever's. */
  readonly expects: 'account' | 'nobody' | 'anyone';
  readonly language: Message['language'];
  /** Left out by dialects whose forms have no field for one: then none is ever due. */
  readonly challenge?: ChallengeAsk;
  readonly app?: AppClaim;
}

/** A code is on its way, as far as anybody may know. */
export interface CodeSent {
  readonly resendAfterSeconds: number;
}

export type SendCode = Flow<SendCodeAsk, CodeSent>;

/** What sending codes needs. */
export interface SendCodeDeps {
  readonly accounts: Pick<AccountStore, 'holder'>;
  readonly attempts: Pick<AttemptStore, 'standing' | 'strike'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly challenges: ChallengeGate;
  readonly clock: Clock;
  readonly codes: Pick<CodeStore, 'issue' | 'withdraw'>;
  readonly couriers: Courier;
  readonly digests: Digests;
  readonly errands: Errands;
  readonly gate: AppGate;
  readonly guard: SpendGuard;
  readonly limits: BudgetLimits;
  readonly randomness: Randomness;
  readonly watch: CodeWatch;
}

/** Who asks for a code, and for whom. */
interface Errand {
  readonly ask: SendCodeAsk;
  readonly call: Call;
  readonly key: IdentifierKey;
  readonly realm: string;
  /** Whose the destination is. */
  readonly accountId: string | undefined;
}

/** A code on its way. */
interface Sending extends Errand {
  readonly charged: Charged;
}

/**
 * Whoever asks is looked at before the destination is, and nothing is drawn before it is paid for. Under the strict policy the destination's
 * owner makes no difference that shows: the same is charged and kept, and whether a message leaves is decided after the answer.
 */
export const sendCode =
  (deps: SendCodeDeps): SendCode =>
  async (ask, call) => {
    const key = keyOf(ask.claim);
    const app = ask.app && (await deps.gate.admit(ask.app, call));
    await assertSourceIsCalm(deps, call);
    const realm = app?.realm ?? call.realm;
    const accountId = await deps.accounts.holder(realm, key);
    const errand = { ask, call, key, realm, accountId };
    const useUpChallenge = await meetChallenge(deps, errand);
    const missed = missedBy(ask, accountId);
    if (missed !== undefined && call.policy === 'documented') return refuse(deps, missed, call);
    const charged = await deps.guard.admit({ channel: channelOf(key), to: key.key, source: call.source }, call);
    await useUpChallenge(charged);
    await send(deps, { ...errand, charged }, missed);
    return { resendAfterSeconds: deps.guard.resendSeconds };
  };

const channelOf = ({ kind }: IdentifierKey): Message['channel'] => (kind === 'email' ? 'email' : 'sms');

/** @throws Refusal `identifier.malformed` */
function keyOf(claim: IdentifierClaim): IdentifierKey {
  const key = normaliseIdentifier(claim);
  const isReachable = claim.kind === 'mobile' || claim.kind === 'email';
  if (key === undefined || !isReachable) throw new Refusal('identifier.malformed', { field: claim.kind });
  return { kind: claim.kind, key };
}

/** An identifier nobody has proven is nobody's. */
function missedBy({ expects }: SendCodeAsk, accountId: string | undefined): RefusalCode | undefined {
  if (expects === 'account' && accountId === undefined) return 'account.unknown';
  return expects === 'nobody' && accountId !== undefined ? 'identifier.taken' : undefined;
}

/** Asking who has an account costs what a message would have cost the source. */
async function refuse({ guard, audit, clock }: SendCodeDeps, missed: RefusalCode, call: Call): Promise<never> {
  await guard.admitAsking(call);
  await audit.append([{ at: clock.now(), act: 'code.send', outcome: 'refused', reason: missed, ...whence(call) }]);
  throw new Refusal(missed);
}

/** One answer is good for one message, though many come with it at once: what is to be done before a message leaves. @throws Refusal */
async function meetChallenge(deps: SendCodeDeps, errand: Errand): Promise<(charged: Charged) => Promise<void>> {
  const { ask, call, accountId, key, realm } = errand;
  const { challenge, claim } = ask;
  if (challenge === undefined) return () => Promise.resolve();
  const phantom = phantomOf(deps.digests, { realm, keys: [key], claims: [claim] });
  const subject = accountId ?? phantom;
  const wasDue = await deps.challenges.assertPassed(challenge, { call, subject });
  return async (charged) => {
    if (!wasDue || (await deps.challenges.useUp(challenge, { call, subject }))) return;
    await deps.guard.giveBack(charged);
    throw new Refusal('challenge.expired');
  };
}

async function send(deps: SendCodeDeps, sending: Sending, missed: RefusalCode | undefined): Promise<void> {
  const { ask, call, key, realm } = sending;
  const code = drawCode(deps.randomness, ask.code);
  const where = { realm, purpose: ask.purpose, destination: `${key.kind}:${key.key}` };
  const digest = codeDigest(deps.digests, where, code);
  const issuedAt = deps.clock.now();
  await deps.codes.issue({
    ...where,
    digest,
    issuedAt,
    expiresAt: issuedAt + ask.lifeSeconds * 1000,
    tries: ask.tries,
  });
  const minutes = String(Math.ceil(ask.lifeSeconds / 60));
  const { message: name, language } = ask;
  const message: Message = { channel: channelOf(key), to: key.key, name, language, values: { code, minutes } };
  if (call.policy === 'documented') return carry(deps, sending, { message, where, digest });
  deps.errands.run(() =>
    missed === undefined ? carry(deps, sending, { message, where, digest }) : note(deps, sending, missed),
  );
}

/** A message and the code in it. */
interface Letter {
  readonly message: Message;
  readonly where: CodePurpose;
  readonly digest: string;
}

/** @throws Refusal `courier.failed`; the code that did not arrive is good for nothing then */
async function carry(deps: SendCodeDeps, sending: Sending, { message, where, digest }: Letter): Promise<void> {
  try {
    await deps.couriers.send(message);
  } catch (reason) {
    deps.watch.failed(message.channel);
    await deps.codes.withdraw(where, digest);
    await deps.guard.spareWaiting(sending.charged);
    await note(deps, sending, 'courier.failed');
    if (!(reason instanceof CourierError)) throw reason;
    throw new Refusal('courier.failed', { field: message.channel, remark: reason.message });
  }
  deps.watch.sent(message.channel);
  await note(deps, sending);
}

async function note({ audit, clock }: SendCodeDeps, sending: Sending, reason?: RefusalCode): Promise<void> {
  const { call, accountId } = sending;
  const who = { ...(accountId !== undefined && { accountId }), ...whence(call) };
  const outcome = reason === undefined ? { outcome: 'success' as const } : { outcome: 'refused' as const, reason };
  await audit.append([{ at: clock.now(), act: 'code.send', ...outcome, ...who }]);
}
