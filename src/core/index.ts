// The front door of the rulebook: what is true about accounts, secrets, sessions and attempts.
export { type Account, type AccountStatus, type Profile, identifierOf, shownIdentifier } from './accounts/account.ts';
export type {
  AccountChange,
  AccountPage,
  AccountStore,
  AccountWithPassword,
  NewAccount,
} from './accounts/account-store.ts';
export { aegisSpeedId } from './accounts/aegisspeed-id.ts';
export { checkCharacter, isIdNumber, maskIdNumber } from './accounts/id-number.ts';
export {
  type Identifier,
  type IdentifierClaim,
  type IdentifierKey,
  type IdentifierKind,
  IDENTIFIER_KINDS,
  isSensitive,
  lookupKeys,
  needsProof,
  normaliseIdentifier,
} from './accounts/identifier.ts';
export * from './admin/index.ts';
export { AppGate, SIGNATURE_PURPOSE } from './apps/app-gate.ts';
export type { App, AppStore } from './apps/app.ts';
export type { AuditEntry, AuditRecord, AuditStore } from './audit/audit-entry.ts';
export type { AttemptStore, Rehash, Reservation, ReservationOutcome, SignInRecord } from './budgets/attempt-store.ts';
export {
  type BudgetKey,
  type BudgetKind,
  type BudgetLimits,
  type BudgetState,
  FRESH_BUDGET,
  KNOWN_SOURCE_MS,
  countFailure,
  judge,
} from './budgets/budget.ts';
export { Reservations } from './budgets/reservations.ts';
export type { Source } from './budgets/source.ts';
export { codeDigest } from './codes/code-digest.ts';
export type { CodePurpose, CodeStore, CodeVerdict, NewCode } from './codes/code-store.ts';
export { type PasswordPolicy, countCodePoints, fitPassword } from './credentials/password-policy.ts';
export type { PasswordPool, PasswordVerdict, PoolPlace } from './credentials/password-pool.ts';
export { EndpointSwitches } from './endpoints/endpoint-switches.ts';
export type { EndpointStore } from './endpoints/endpoint-store.ts';
export type { AnswerPolicy, Call } from './flows/call.ts';
export { describeSignIn } from './flows/describe-sign-in.ts';
export { introspectToken } from './flows/introspect-token.ts';
export { signInWithCode } from './flows/sign-in-with-code.ts';
export { signInWithPassword } from './flows/sign-in-with-password.ts';
export type { Flow } from './flows/flow.ts';
export type { AskOf, FlowName, Flows, OutcomeOf } from './flows/flows.ts';
export type { SignInAsk } from './flows/signed-in.ts';
export { calendarOf } from './kernel/calendar.ts';
export type { Change, ChangeFeed } from './kernel/changes.ts';
export type { JsonObject, JsonValue } from './kernel/json.ts';
export type { MetaStore } from './kernel/meta-store.ts';
export type { Clock, Digests, IdentifierVault, RandomSpelling, Randomness, Timer } from './kernel/ports.ts';
export { type RefusalCode, type RefusalDetail, type RefusalKind, Refusal, REFUSALS } from './kernel/refusal.ts';
export { Secret } from './kernel/secret.ts';
export { type ClientDescription, type Session, type SessionTerms, endOf } from './sessions/session.ts';
export { SessionDirectory } from './sessions/session-directory.ts';
export type { SessionStore, SessionWithOwner } from './sessions/session-store.ts';
export type { Stores } from './stores.ts';
