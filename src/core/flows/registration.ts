// Registering, whatever follows from it: what somebody says of themselves becomes an account nobody had before.
import type { Account } from '../accounts/account.ts';
import type { AccountStore, NewAccount } from '../accounts/account-store.ts';
import { type Identifier, type IdentifierClaim, needsProof } from '../accounts/identifier.ts';
import { allowancesOfRegistration, type RegistrationRules } from '../accounts/registration-rules.ts';
import { admitIdentifiers } from '../admin/admit-identifiers.ts';
import { PUBLIC_ID } from '../admin/create-account.ts';
import { readProfile } from '../admin/profile-fields.ts';
import type { AllowanceStore } from '../allowances/allowance-store.ts';
import { whence } from '../apps/app-gate.ts';
import type { App } from '../apps/app.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import { measureNewPassword } from '../credentials/new-password.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Call } from './call.ts';
import { admitCaller, decideAttempt } from './sign-in.ts';
import { firstRefusal, REGISTRATION_CHECKS } from './sign-in-checks.ts';
import { type CodeProofAsk, type CodeSignInDeps, decideByCode } from './sign-in-with-code.ts';
import type { AppClaim } from './signed-in.ts';

/** What somebody says of themselves. */
export interface RegistrationAsk {
  readonly identifiers: readonly IdentifierClaim[];
  readonly password: Secret | Refusal;
  /** Fields of the shared profile; any other is malformed. */
  readonly profile: JsonObject;
  /** The dialect's own fields, under its name. */
  readonly attributes?: Readonly<Record<string, JsonObject>>;
  readonly issuesAegisSpeedId?: boolean;
  /** The code that was sent to one of the identifiers, where the document demands one. */
  readonly proof?: Pick<CodeProofAsk, 'purpose' | 'code'> & { readonly claim: IdentifierClaim };
  /** Demanded by dialects whose clients are registered applications. */
  readonly app?: AppClaim;
}

/** What registering needs. */
export interface RegistrationDeps extends CodeSignInDeps {
  readonly accounts: Pick<AccountStore, 'create' | 'find' | 'getWithPassword'>;
  readonly allowances: Pick<AllowanceStore, 'spend'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly registration: RegistrationRules;
}

/** An account ready to be kept. */
export interface Enrolment {
  readonly account: NewAccount;
  readonly app: App | undefined;
  readonly realm: string;
}

/**
 * Everything up to the write. What only the person can mend is refused first, and costs nothing; what tells who has an account comes last.
 * @throws Refusal `password.*`, `input.malformed`, `identifier.*`, `code.*`, `registration.too-many`, `throttle.*`, `server.busy`
 */
export async function enrol(deps: RegistrationDeps, ask: RegistrationAsk, call: Call): Promise<Enrolment> {
  if (ask.password instanceof Refusal) throw ask.password;
  const profile = readProfile(ask.profile);
  const app = await admitCaller(deps, ask, call);
  const owner = { identifiers: ask.identifiers, profile, roles: [] };
  const password = await measureNewPassword(ask.password, owner, deps.passwordPolicy);
  if (ask.proof !== undefined) await prove(deps, { ...ask, proof: ask.proof }, call);
  await charge(deps, call);
  const passwordHash = await hashed(deps, password);
  const realm = app?.realm ?? call.realm;
  const identifiers = await identifiersOf(deps, ask, realm);
  const account = draft(deps, { ...owner, realm, identifiers, passwordHash });
  const { attributes = {}, issuesAegisSpeedId = false } = ask;
  return { app, realm, account: { ...account, attributes, issuesAegisSpeedId } };
}

/** Keeps the account. Who registers the same at the same moment is told apart by the store alone. @throws Refusal `identifier.taken` */
export async function keep(deps: RegistrationDeps, { account, app }: Enrolment, call: Call): Promise<Account> {
  const at = account.createdAt;
  const entry = { at, act: ACT, ...(app && { appId: app.id }), ...whence(call) };
  try {
    return await deps.accounts.create(account, { ...entry, outcome: 'success', accountId: account.id });
  } catch (reason) {
    if (reason instanceof Refusal)
      deps.errands.run(() => deps.audit.append([{ ...entry, outcome: 'refused', reason: reason.code }]));
    throw reason;
  }
}

const ACT = 'account.register';

/** @throws Refusal `identifier.taken`, `code.expired`, `code.mismatch`, `throttle.account` */
function prove(
  deps: RegistrationDeps,
  { app, proof }: RegistrationAsk & Required<Pick<RegistrationAsk, 'proof'>>,
  call: Call,
): Promise<void> {
  const { claim, ...code } = proof;
  const ask = { ...code, claims: [claim], isForNobody: true, ...(app && { app }) };
  return decideByCode(deps, { ask, call }, (attempt, { veil, examine }) =>
    decideAttempt(deps, attempt, {
      act: ACT,
      veil,
      examine,
      refuse: (evidence) => firstRefusal(REGISTRATION_CHECKS, evidence),
      ending: () => (proven) => deps.attempts.release(proven.reservationId, null),
    }),
  );
}

/** @throws Refusal `registration.too-many` */
async function charge({ allowances, clock, registration }: RegistrationDeps, call: Call): Promise<void> {
  const now = clock.now();
  const outcome = await allowances.spend(allowancesOfRegistration(registration, call.source), now);
  if (outcome.outcome === 'granted') return;
  const retryAfterSeconds = Math.max(1, Math.ceil((outcome.until - now) / 1000));
  throw new Refusal('registration.too-many', { field: outcome.allowance.name, retryAfterSeconds });
}

async function hashed({ passwords }: RegistrationDeps, password: Secret): Promise<string> {
  const place = await passwords.enter();
  try {
    return await place.hash(password);
  } finally {
    place.leave();
  }
}

/** What anybody could claim for somebody else stays unproven, unless a code has proven it. */
function identifiersOf(
  deps: RegistrationDeps,
  { identifiers, proof }: RegistrationAsk,
  realm: string,
): Promise<readonly Identifier[]> {
  const claims = identifiers.map((claim) => ({
    ...claim,
    isUnproven: needsProof(claim.kind) && claim.kind !== proof?.claim.kind,
  }));
  return admitIdentifiers(deps, realm, claims);
}

type Drafted = Pick<NewAccount, 'identifiers' | 'passwordHash' | 'profile' | 'realm' | 'roles'>;

function draft(
  { clock, randomness }: RegistrationDeps,
  drafted: Drafted,
): Omit<NewAccount, 'attributes' | 'issuesAegisSpeedId'> {
  const createdAt = clock.now();
  return {
    ...drafted,
    id: randomness.uuid(createdAt),
    publicId: randomness.text(PUBLIC_ID),
    status: 'active',
    isPasswordChangeDue: false,
    createdAt,
  };
}
