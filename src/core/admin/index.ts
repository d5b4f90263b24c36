// What the operator's tools may ask of the rulebook.
export type { AccountDraft } from './account-draft.ts';
export { readAccountRecord } from './account-record.ts';
export {
  addIdentifier,
  changeOrganisation,
  changeRoles,
  changeStatus,
  removeAccount,
  removeIdentifier,
  revokeSessions,
  setPassword,
  unlockAccount,
} from './change-account.ts';
export {
  type AppWithSignature,
  createApp,
  removeApp,
  rotateSignature,
  setAppStopped,
  setTokenDemanded,
} from './change-app.ts';
export { type CreateAccountDeps, type PasswordHashes, PUBLIC_ID, createAccount } from './create-account.ts';
export { type Demo, type DemoOutcome, createDemo, isDemoPresent, removeDemo } from './create-demo.ts';
export { type Explanation, explainRefusal } from './explain-refusal.ts';
export { findAccounts } from './find-account.ts';
export { importAccount } from './import-account.ts';
export { readOrganisation, readProfile, readRoles, readSettings } from './profile-fields.ts';
export { resealIdentifiers } from './reseal-identifiers.ts';
export { setEndpoint } from './set-endpoint.ts';
