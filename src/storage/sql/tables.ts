// The tables, column by column, as the query builder sees them. Instants are milliseconds, yes and no are 1 and 0, JSON rests as text.
import type { Generated } from 'kysely';

interface AccountsTable {
  id: string;
  realm: string;
  number: number;
  public_id: string;
  status: string;
  is_password_change_due: number;
  roles: string;
  organisation: string | null;
  profile: string;
  attributes: string;
  /** The nickname in lower case, for searching. */
  nickname_key: string | null;
  created_at: number;
  updated_at: number;
  last_sign_in_at: number | null;
  last_sign_in_day: number | null;
  sign_in_day_run: number;
  password_changed_at: number | null;
  /** Rises whenever all sign-ins end. */
  epoch: number;
}

interface IdentifiersTable {
  realm: string;
  kind: string;
  key: string;
  account_id: string;
  shown: string;
  verified_at: number | null;
}

interface CredentialsTable {
  account_id: string;
  kind: string;
  phc: string;
}

interface SessionsTable {
  digest: string;
  id: string;
  csrf_digest: string | null;
  account_id: string;
  realm: string;
  dialect: string;
  app_id: string | null;
  client_type: string | null;
  device_id: string | null;
  device_name: string | null;
  device_model: string | null;
  source: string;
  issued_at: number;
  expires_at: number;
  idle_seconds: number | null;
  seen_at: number;
  /** When it ends if it is not used again: the earlier of expiry and idle end. */
  ends_at: number;
}

interface BudgetsTable {
  kind: string;
  key: string;
  /** The known source of a `known` budget; empty for the other kinds. */
  source: string;
  failures: number;
  window_started_at: number;
  in_a_row: number;
  waits: number;
  locked_until: number;
  failed_at: number;
  /** Counts for an account there is, and so stays until the account goes; the others are swept once they are quiet. */
  is_lasting: number;
}

interface FailedNamesTable {
  source: string;
  /** Account id, or a phantom digest. */
  subject: string;
  /** When it counted as a different name last. */
  at: number;
}

interface KnownSourcesTable {
  account_id: string;
  source: string;
  last_at: number;
}

interface AttemptsTable {
  id: string;
  /** `account` or `known`: which of the subject's budgets is charged. */
  kind: string;
  subject: string;
  source: string;
  subnet: string;
  expires_at: number;
}

interface AppsTable {
  id: string;
  name: string;
  realm: string;
  signature_digest: string;
  previous_digest: string | null;
  previous_until: number | null;
  origins: string;
  allows_get: number;
  demands_token: number;
  session_life_seconds: number | null;
  is_stopped: number;
  created_at: number;
}

interface CodesTable {
  realm: string;
  purpose: string;
  destination: string;
  digest: string;
  issued_at: number;
  expires_at: number;
  tries: number;
}

interface AllowancesTable {
  name: string;
  key: string;
  /** JSON: instant, spent and used of each mark, the oldest first. */
  marks: string;
  closed_until: number;
  ends_at: number;
}

interface AuditEventsTable {
  id: Generated<number>;
  at: number;
  act: string;
  outcome: string;
  reason: string | null;
  account_id: string | null;
  actor_id: string | null;
  source: string;
  dialect: string | null;
  endpoint: string | null;
  app_id: string | null;
  request_id: string | null;
}

interface AuditSegmentsTable {
  number: number;
  first_id: number;
  last_id: number;
  count: number;
  first_at: number;
  last_at: number;
  hash: string;
}

interface AuditMarksTable {
  /** `anchor` or `head`. */
  name: string;
  number: number;
  last_id: number;
  hash: string;
  seal: string;
}

interface DecisionsTable {
  id: string;
  refusal: string;
  shown: string | null;
  field: string | null;
  key: string | null;
  remark: string | null;
  source: string;
  forwarded_by: string | null;
  dialect: string;
  endpoint: string | null;
  app_id: string | null;
  retry_after: number | null;
  count: number;
  first_at: number;
  last_at: number;
}

interface DecisionCodesTable {
  code: string;
  decision_id: string;
  /** Its place among the decisions of the record. */
  number: number;
}

interface NoticesTable {
  account_id: string;
  name: string;
  day: number;
  occasion: string;
  count: number;
}

interface ChangesTable {
  id: Generated<number>;
  topic: string;
  key: string;
  at: number;
}

interface MoveChangesTable {
  id: Generated<number>;
  /** The table, as its engine's triggers call it. */
  subject: string;
  /** JSON: the values of the primary key. */
  key: string;
}

/** Every table of the store. */
export interface Tables {
  accounts: AccountsTable;
  allowances: AllowancesTable;
  apps: AppsTable;
  attempts: AttemptsTable;
  /** The roles of `accounts.roles` once more, to find who holds one. */
  account_roles: { realm: string; role: string; account_id: string };
  audit_events: AuditEventsTable;
  audit_marks: AuditMarksTable;
  audit_segments: AuditSegmentsTable;
  budgets: BudgetsTable;
  changes: ChangesTable;
  closed_endpoints: { endpoint: string };
  codes: CodesTable;
  credentials: CredentialsTable;
  decision_codes: DecisionCodesTable;
  decisions: DecisionsTable;
  identifiers: IdentifiersTable;
  failed_names: FailedNamesTable;
  known_sources: KnownSourcesTable;
  meta: { name: string; value: string };
  /** Where the data of this database goes or comes from, and how far that is. */
  moves: { name: string; value: string };
  move_changes: MoveChangesTable;
  notices: NoticesTable;
  /** Keyed digests of what clients called their registrations. */
  registration_keys: { realm: string; key: string; request: string; account_id: string; ends_at: number };
  sequences: { realm: string; name: string; value: number };
  sessions: SessionsTable;
}
