// The flows of administrators, by name.
import {
  type AdmitAccount,
  admitAccount,
  expelAccount,
  type FreeAccount,
  freeAccount,
  type ListAccounts,
  listAccounts,
  type ReadAccount,
  readAccount,
  type RemoveAccount,
  type RenewPassword,
  renewPassword,
  type ReviseAccount,
  reviseAccount,
} from './administer-accounts.ts';
import {
  type AdmitApp,
  admitApp,
  changeApp,
  type ExpelApp,
  expelApp,
  type ListApps,
  listApps,
  type ReadApp,
  readApp,
  type RenewSignature,
  renewSignature,
  type ReviseApp,
} from './administer-apps.ts';
import {
  type ListEndpoints,
  listEndpoints,
  type ReadDecision,
  readDecision,
  type ReadTrail,
  readTrail,
  type SwitchEndpoint,
  switchEndpoint,
} from './administer-server.ts';
import {
  type EndSessions,
  endSessions,
  type ReadBudgets,
  readBudgets,
  type ReadSessions,
  readSessions,
} from './administer-sessions.ts';
import type { AdministrationDeps } from './administer.ts';

/** Everything an administrator can ask for. Every one is judged by the roles of now, and written down with who asked. */
export interface AdministrationFlows {
  readonly listAccounts: ListAccounts;
  readonly admitAccount: AdmitAccount;
  readonly readAccount: ReadAccount;
  readonly reviseAccount: ReviseAccount;
  readonly expelAccount: RemoveAccount;
  readonly freeAccount: FreeAccount;
  readonly renewPassword: RenewPassword;
  readonly readSessions: ReadSessions;
  readonly endSessions: EndSessions;
  readonly readBudgets: ReadBudgets;
  readonly listApps: ListApps;
  readonly admitApp: AdmitApp;
  readonly readApp: ReadApp;
  readonly changeApp: ReviseApp;
  readonly expelApp: ExpelApp;
  readonly renewSignature: RenewSignature;
  readonly listEndpoints: ListEndpoints;
  readonly switchEndpoint: SwitchEndpoint;
  readonly readTrail: ReadTrail;
  readonly readDecision: ReadDecision;
}

/** Makes them all. */
export function administrationFlows(deps: AdministrationDeps): AdministrationFlows {
  return {
    listAccounts: listAccounts(deps),
    admitAccount: admitAccount(deps),
    readAccount: readAccount(deps),
    reviseAccount: reviseAccount(deps),
    expelAccount: expelAccount(deps),
    freeAccount: freeAccount(deps),
    renewPassword: renewPassword(deps),
    readSessions: readSessions(deps),
    endSessions: endSessions(deps),
    readBudgets: readBudgets(deps),
    listApps: listApps(deps),
    admitApp: admitApp(deps),
    readApp: readApp(deps),
    changeApp: changeApp(deps),
    expelApp: expelApp(deps),
    renewSignature: renewSignature(deps),
    listEndpoints: listEndpoints(deps),
    switchEndpoint: switchEndpoint(deps),
    readTrail: readTrail(deps),
    readDecision: readDecision(deps),
  };
}
