// The front door of the rulebook: what is true about accounts, secrets, sessions and attempts.
export {
  type Account,
  type AccountStatus,
  type Profile,
  ACCOUNT_STATUSES,
  identifierOf,
  PROFILE_FIELDS,
  shownIdentifier,
} from './accounts/account.ts';
export type {
  AccountChange,
  AccountPage,
  AccountStore,
  AccountWithPassword,
  NewAccount,
  PasswordChange,
  Removal,
} from './accounts/account-store.ts';
export type { Dossier, DossierStore, KeptCode, KeptNotice, KnownSource } from './accounts/dossier-store.ts';
export type { KeptRegistration, RegistrationKeys } from './accounts/registration-keys.ts';
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
export { type ServedEndpoint, YOUNG_SESSION_SECONDS } from './administration/administer.ts';
export { DRAWN_PASSWORD } from './administration/administer-accounts.ts';
export { administrationFlows } from './administration/administration-flows.ts';
export {
  type Allowance,
  type AllowanceState,
  type Mark,
  FRESH_ALLOWANCE,
  closeAllowance,
  creditAllowance,
  endOfAllowance,
  judgeAllowance,
  returnToAllowance,
  spendAllowance,
} from './allowances/allowance.ts';
export type { Aftermath, AllowanceStore, ClosedCount, SpendOutcome } from './allowances/allowance-store.ts';
export { AppGate, SIGNATURE_PURPOSE } from './apps/app-gate.ts';
export type { App, AppStore } from './apps/app.ts';
export type { AuditEntry, AuditRecord } from './audit/audit-entry.ts';
export { type AuditChainDeps, readEnds } from './audit/audit-ends.ts';
export type { AuditMark, AuditMarks, AuditSegment, AuditStore } from './audit/audit-store.ts';
export { dropAudit } from './audit/drop-audit.ts';
export { readAudit } from './audit/read-audit.ts';
export { restartAudit } from './audit/restart-audit.ts';
export { sealAudit } from './audit/seal-audit.ts';
export { type AuditVerdict, type KnownHead, verifyAudit } from './audit/verify-audit.ts';
export type {
  AttemptStore,
  Rehash,
  Reservation,
  ReservationOutcome,
  SignInRecord,
  Suspicion,
} from './budgets/attempt-store.ts';
export {
  type BudgetKey,
  type BudgetKind,
  type BudgetLimits,
  type BudgetState,
  FRESH_BUDGET,
  KNOWN_SOURCE_MS,
  LOCKED_FOR_GOOD,
  countFailure,
  failuresWithin,
  judge,
} from './budgets/budget.ts';
export { Reservations } from './budgets/reservations.ts';
export type { Source } from './budgets/source.ts';
export { type CodeWatch, UNWATCHED } from './codes/code-watch.ts';
export type { ChallengeAsk } from './challenges/challenge-ask.ts';
export { ChallengeAllowance } from './challenges/challenge-allowance.ts';
export type { ChallengeGate } from './challenges/challenge-gate.ts';
export { isChallengePurpose } from './challenges/challenge-id.ts';
export { ChallengeLadder } from './challenges/challenge-ladder.ts';
export { HeldAnswers } from './challenges/held-answers.ts';
export type { Painter } from './challenges/painter.ts';
export { PicturePuzzle } from './challenges/picture-puzzle.ts';
export { type Posed, type Puzzle, type PuzzleKind, PuzzleOutage } from './challenges/puzzle.ts';
export { SuspicionGate } from './challenges/suspicion-gate.ts';
export { codeDigest } from './codes/code-digest.ts';
export type { CodePurpose, CodeStore, CodeVerdict, NewCode } from './codes/code-store.ts';
export {
  type Channel,
  type Courier,
  type Language,
  type Message,
  type MessageName,
  CHANNELS,
  CourierError,
  gapsOf,
  LANGUAGES,
  MESSAGE_NAMES,
} from './couriers/courier.ts';
export type { SendingRules } from './codes/sending-rules.ts';
export { SpendGuard } from './codes/spend-guard.ts';
export type { NewPasswordPolicy } from './credentials/new-password.ts';
export type { PasswordBlocklist } from './credentials/password-blocklist.ts';
export { type PasswordPolicy, countCodePoints, fitPassword } from './credentials/password-policy.ts';
export type { Entrant, PasswordPool, PasswordVerdict, PoolPlace } from './credentials/password-pool.ts';
export type { AccountStanding, BudgetRegister } from './decisions/budget-register.ts';
export { ANYBODY, type Decision, type DecisionRecord } from './decisions/decision.ts';
export { DecisionLog } from './decisions/decision-log.ts';
export { CODES_OF_RECORD, type DecisionNote, type DecisionStore } from './decisions/decision-store.ts';
export { EndpointSwitches } from './endpoints/endpoint-switches.ts';
export type { EndpointStore } from './endpoints/endpoint-store.ts';
export type { AnswerPolicy, Call } from './flows/call.ts';
export { changePassword } from './flows/change-password.ts';
export { checkIdentifier } from './flows/check-identifier.ts';
export { deleteAccount } from './flows/delete-account.ts';
export { describeAccount } from './flows/describe-account.ts';
export type { SessionClaim } from './flows/caller.ts';
export { describeSignIn } from './flows/describe-sign-in.ts';
export { endOtherSessions, endSession } from './flows/end-session.ts';
export { exportAccount } from './flows/export-account.ts';
export { introspectToken, introspectTokens } from './flows/introspect-token.ts';
export { join } from './flows/join.ts';
export { listSessions } from './flows/list-sessions.ts';
export { passChallenge } from './flows/pass-challenge.ts';
export { poseChallenge } from './flows/pose-challenge.ts';
export { showPicture } from './flows/show-picture.ts';
export { showReference } from './flows/show-reference.ts';
export type { RegistrationDeps } from './flows/registration.ts';
export { registerAccount } from './flows/register-account.ts';
export { resetPassword } from './flows/reset-password.ts';
export { sendCode } from './flows/send-code.ts';
export { signInWithCode } from './flows/sign-in-with-code.ts';
export { signInWithPassword } from './flows/sign-in-with-password.ts';
export { signOut } from './flows/sign-out.ts';
export { signUp } from './flows/sign-up.ts';
export { updateProfile } from './flows/update-profile.ts';
export type { Flow } from './flows/flow.ts';
export type { AskOf, FlowName, Flows, OutcomeOf } from './flows/flows.ts';
export type { SignInAsk } from './flows/signed-in.ts';
export { calendarOf } from './kernel/calendar.ts';
export type { Change, ChangeFeed } from './kernel/changes.ts';
export { Errands } from './kernel/errands.ts';
export type { JsonObject, JsonValue } from './kernel/json.ts';
export type { MetaStore } from './kernel/meta-store.ts';
export type { Clock, Digests, IdentifierVault, RandomSpelling, Randomness, Timer } from './kernel/ports.ts';
export { type RefusalCode, type RefusalDetail, type RefusalKind, Refusal, REFUSALS } from './kernel/refusal.ts';
export { Secret } from './kernel/secret.ts';
export { OPERATOR_ROLES, type Permission, reachOf, ROLES } from './roles/permissions.ts';
export type { NoticeClaim, NoticeStore, SourceStanding } from './notices/notice-store.ts';
export { Notices } from './notices/notices.ts';
export { noticingStores } from './notices/noticing-stores.ts';
export { type ClientDescription, type Session, type SessionTerms, endOf } from './sessions/session.ts';
export { SessionDirectory } from './sessions/session-directory.ts';
export type { SessionPageQuery, SessionStore, SessionWithOwner } from './sessions/session-store.ts';
export type { Stores } from './stores.ts';
