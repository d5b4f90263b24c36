// The call by which somebody takes along everything that is kept about them.
import { endOf, IDENTIFIER_KINDS, type OutcomeOf } from '#core';
import { type Static, Type } from '#wire';
import { defineCall } from '../kit/define-call.ts';
import { closed, Instant, instant, InstantOrNull, instantOrNull, oneOf, orNull } from '../kit/schemas.ts';
import { AccountSchema, tellAccount } from './account.ts';

type Exported = OutcomeOf<'exportAccount'>;

const IdentifierSchema = closed({
  kind: oneOf(IDENTIFIER_KINDS),
  value: Type.String({ description: 'In clear.' }),
  verified_at: InstantOrNull,
});

const SessionSchema = closed({
  id: Type.String(),
  dialect: Type.String(),
  app: orNull(),
  source: Type.String(),
  client: closed({ type: orNull(), device_id: orNull(), device_name: orNull(), device_model: orNull() }),
  issued_at: Instant,
  last_seen_at: Instant,
  expires_at: Instant,
});

const FailureSchema = closed({
  source: orNull({ description: 'The known source it is counted for; null for everybody else.' }),
  failures: Type.Integer(),
  in_a_row: Type.Integer(),
  failed_at: Instant,
});

const AuditSchema = closed({
  at: Instant,
  act: Type.String(),
  outcome: oneOf(['success', 'refused']),
  reason: orNull(),
  source: Type.String(),
  dialect: orNull(),
  endpoint: orNull(),
  app: orNull(),
  request_id: orNull(),
});

const DecisionSchema = closed({
  refusal: Type.String(),
  source: Type.String(),
  dialect: Type.String(),
  endpoint: orNull(),
  count: Type.Integer(),
  first_at: Instant,
  last_at: Instant,
});

const ExportSchema = closed({
  exported_at: Instant,
  is_complete: Type.Boolean({ description: 'False when a list is longer than 10,000: then these are the newest.' }),
  account: AccountSchema,
  public_id: Type.String({ description: 'The id some dialects show.' }),
  identifiers: Type.Array(IdentifierSchema),
  attributes: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
    description: 'The fields each dialect keeps of its own.',
  }),
  password_changed_at: InstantOrNull,
  is_password_change_due: Type.Boolean(),
  sign_in_day_run: Type.Integer({ description: 'Consecutive earlier days with a sign-in.' }),
  sessions: Type.Array(SessionSchema),
  known_sources: Type.Array(closed({ source: Type.String(), last_at: Instant })),
  failures: Type.Array(FailureSchema),
  notices: Type.Array(
    closed({ name: Type.String(), day: Type.String(), occasion: Type.String(), count: Type.Integer() }),
  ),
  codes: Type.Array(
    closed({ purpose: Type.String(), destination: Type.String(), issued_at: Instant, expires_at: Instant }),
  ),
  audit: Type.Array(AuditSchema),
  decisions: Type.Array(DecisionSchema),
});

const DAY_MS = 86_400_000;

function tellExport(exported: Exported): Static<typeof ExportSchema> {
  const { account, at, isComplete } = exported;
  return {
    exported_at: instant(at),
    is_complete: isComplete,
    account: tellAccount(account),
    public_id: account.publicId,
    identifiers: tellIdentifiers(exported),
    attributes: account.attributes,
    password_changed_at: instantOrNull(account.passwordChangedAt),
    is_password_change_due: account.isPasswordChangeDue,
    sign_in_day_run: account.signInDayRun,
    ...tellTraces(exported),
    audit: exported.audit.map(tellAudit),
    decisions: exported.decisions.map(tellDecision),
  };
}

function tellIdentifiers({ account, disclosed }: Exported): Static<typeof IdentifierSchema>[] {
  return account.identifiers.map(({ kind, shown, verifiedAt }) => ({
    kind,
    value: disclosed[kind]?.reveal() ?? shown,
    verified_at: instantOrNull(verifiedAt),
  }));
}

/** What signing in leaves behind. */
function tellTraces({ sessions, knownSources, failures, notices, codes }: Exported) {
  return {
    sessions: sessions.map(tellSession),
    known_sources: knownSources.map(({ source, lastAt }) => ({ source, last_at: instant(lastAt) })),
    failures: failures.map(({ source, state }) => ({
      source: source === '' ? null : source,
      failures: state.failures,
      in_a_row: state.inARow,
      failed_at: instant(state.failedAt),
    })),
    notices: notices.map(({ day, ...notice }) => ({ ...notice, day: instant(day * DAY_MS).slice(0, 10) })),
    codes: codes.map(({ purpose, destination, issuedAt, expiresAt }) => ({
      purpose,
      destination,
      issued_at: instant(issuedAt),
      expires_at: instant(expiresAt),
    })),
  };
}

function tellSession(session: Exported['sessions'][number]): Static<typeof SessionSchema> {
  const { type, deviceId, deviceName, deviceModel } = session.client;
  return {
    id: session.id,
    dialect: session.dialect,
    app: session.appId,
    source: session.source,
    client: {
      type: type ?? null,
      device_id: deviceId ?? null,
      device_name: deviceName ?? null,
      device_model: deviceModel ?? null,
    },
    issued_at: instant(session.issuedAt),
    last_seen_at: instant(session.seenAt),
    expires_at: instant(endOf(session)),
  };
}

function tellAudit(entry: Exported['audit'][number]): Static<typeof AuditSchema> {
  const { at, act, outcome, reason = null, dialect = null, endpoint = null } = entry;
  const { actorId, appId = null, requestId = null } = entry;
  // Where an administrator was is not the owner's to know.
  const source = actorId === undefined || actorId === entry.accountId ? entry.source : 'administrator';
  return { at: instant(at), act, outcome, reason, source, dialect, endpoint, app: appId, request_id: requestId };
}

function tellDecision(decision: Exported['decisions'][number]): Static<typeof DecisionSchema> {
  const { refusal, source, dialect, endpoint = null, count, firstAt, lastAt } = decision;
  return { refusal, source, dialect, endpoint, count, first_at: instant(firstAt), last_at: instant(lastAt) };
}

export const exportMe = defineCall({
  endpoint: 'export-me',
  on: 'GET /api/v1/me/export',
  does: 'exportAccount',
  summary: 'Take along everything that is kept about oneself',
  description: 'Identifiers in clear; no password, no hash, no token. Ten times an hour.',
  tag: 'Accounts',
  auth: 'session',
  answer: { status: 200, description: 'Everything.', body: ExportSchema },
  refuses: ['throttle.account'],
  asks: ({ credential }) => ({ who: credential }),
  tells: tellExport,
});
