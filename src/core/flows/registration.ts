// Registering, whatever follows from it: what somebody says of themselves becomes an account nobody had before.
import type { Account } from '../accounts/account.ts';
import type { AccountStore, NewAccount } from '../accounts/account-store.ts';
import { type Identifier, type IdentifierClaim, needsProof } from '../accounts/identifier.ts';
import { admitIdentifiers } from '../admin/admit-identifiers.ts';
import { PUBLIC_ID } from '../admin/create-account.ts';
import { readProfile } from '../admin/profile-fields.ts';
import type { AllowanceStore } from '../allowances/allowance-store.ts';
import { allowancesOfPlace, type HourlyRules, spendOrRefuse } from '../allowances/spending.ts';
import { whence } from '../apps/app-gate.ts';
import type { App } from '../apps/app.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import type { ChallengeAsk } from '../challenges/challenge-ask.ts';
import { measureNewPassword } from '../credentials/new-password.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import { type Call, entrantOf } from './call.ts';
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
  readonly proof?: RegistrationProof;
  /** Left out by dialects whose forms have no field for one: then none is ever due. */
  readonly challenge?: ChallengeAsk;
  /** The document tells that a name is taken before it asks for a challenge; under the strict policy the challenge comes first all the same. */
  readonly namesBeforeChallenge?: boolean;
  /** Nobody signs in to the account before the operator has let it in. */
  readonly awaitsApproval?: boolean;
  /** Demanded by dialects whose clients are registered applications. */
  readonly app?: AppClaim;
}

/** A code, and what it proves. */
export interface RegistrationProof extends Pick<CodeProofAsk, 'purpose' | 'code'> {
  readonly claim: IdentifierClaim;
  /** As it was sent: one for anyone is looked at first, and only whoever knows it is told that the claim is somebody's. */
  readonly expects?: 'nobody' | 'anyone';
}

/** What registering needs. */
export interface RegistrationDeps extends CodeSignInDeps {
  readonly accounts: Pick<AccountStore, 'create' | 'find' | 'getWithPassword'>;
  readonly allowances: Pick<AllowanceStore, 'spend'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly registration: HourlyRules;
}

/** An account ready to be kept. */
export interface Enrolment {
  readonly account: NewAccount;
  readonly app: App | undefined;
  readonly realm: string;
}

/**
 * Everything up to the write. What only the person can mend is refused first, and costs nothing; what tells who has an account comes last.
 * @throws Refusal `password.*`, `input.malformed`, `identifier.*`, `challenge.*`, `code.*`, `registration.too-many`, `throttle.*`, `server.busy`
 */
export async function enrol(deps: RegistrationDeps, ask: RegistrationAsk, call: Call): Promise<Enrolment> {
  if (ask.password instanceof Refusal) throw ask.password;
  const profile = readProfile(ask.profile);
  const app = await admitCaller(deps, ask, call);
  const owner = { identifiers: ask.identifiers, profile, roles: [] };
  const password = await measureNewPassword(ask.password, owner, deps.passwordPolicy);
  if (ask.proof !== undefined) await prove(deps, { ...ask, proof: ask.proof }, call);
  const realm = app?.realm ?? call.realm;
  const useUpChallenge = await meetChallenge(deps, ask, { call, realm });
  const passwordHash = await hashed(deps, password, call);
  const identifiers = await identifiersOf(deps, ask, realm);
  await useUpChallenge();
  const { attributes = {}, awaitsApproval = false, issuesAegisSpeedId = false } = ask;
  const status = awaitsApproval ? 'pending' : 'active';
  const account = draft(deps, { ...owner, realm, status, identifiers, passwordHash });
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
  const { claim, expects = 'nobody', ...code } = proof;
  const ask = { ...code, claims: [claim], expects, ...(app && { app }) };
  return decideByCode(deps, { ask, call }, (attempt, { veil, examine }) =>
    decideAttempt(deps, attempt, {
      act: ACT,
      veil,
      examine,
      refuse: (evidence) => firstRefusal(REGISTRATION_CHECKS[expects], evidence),
      ending: () => (proven) => deps.attempts.release(proven.reservationId, null),
    }),
  );
}

/** What registering costs, and the challenge before it: what is to be done once nothing but the write is left. @throws Refusal */
async function meetChallenge(
  deps: RegistrationDeps,
  ask: RegistrationAsk,
  { call, realm }: { readonly call: Call; readonly realm: string },
): Promise<() => Promise<void>> {
  const { challenge, namesBeforeChallenge = false } = ask;
  const tellsNames = namesBeforeChallenge && call.policy === 'documented';
  // To ask who has a name is as dear as to register it.
  if (tellsNames) await charge(deps, call);
  if (tellsNames) await assertNobodys(deps, ask, realm);
  const wasDue = challenge !== undefined && (await deps.challenges.assertPassed(challenge, { call }));
  if (!tellsNames) await charge(deps, call);
  return async () => {
    if (wasDue && !(await deps.challenges.useUp(challenge, { call }))) throw new Refusal('challenge.expired');
  };
}

/** @throws Refusal `identifier.taken`, `identifier.malformed` */
async function assertNobodys(deps: RegistrationDeps, ask: RegistrationAsk, realm: string): Promise<void> {
  const identifiers = await identifiersOf(deps, ask, realm);
  if ((await deps.accounts.find(realm, identifiers)) !== undefined) throw new Refusal('identifier.taken');
}

/** @throws Refusal `registration.too-many` */
function charge(deps: RegistrationDeps, { source }: Call): Promise<void> {
  return spendOrRefuse(deps, allowancesOfPlace('registration', deps.registration, source), 'registration.too-many');
}

async function hashed({ passwords }: RegistrationDeps, password: Secret, call: Call): Promise<string> {
  const place = await passwords.enter(entrantOf(call));
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

type Drafted = Pick<NewAccount, 'identifiers' | 'passwordHash' | 'profile' | 'realm' | 'roles' | 'status'>;

function draft(
  { clock, randomness }: RegistrationDeps,
  drafted: Drafted,
): Omit<NewAccount, 'attributes' | 'issuesAegisSpeedId'> {
  const createdAt = clock.now();
  return {
    ...drafted,
    id: randomness.uuid(createdAt),
    publicId: randomness.text(PUBLIC_ID),
    isPasswordChangeDue: false,
    createdAt,
  };
}
