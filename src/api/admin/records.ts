// The calls about the server's switches and what it has written down: endpoints, the audit trail, decisions.
import type { AuditRecord, JsonObject, OutcomeOf } from '#core';
import { Type } from '#wire';
import { type ApiRow, defineCall } from '../kit/define-call.ts';
import { closed, Instant, instant, Next, oneOf, PAGE, PAGING, type Static } from '../kit/schemas.ts';
import { BY_ADMINISTRATORS, takes } from './administrators.ts';

const Endpoint = closed({
  name: Type.String({ description: 'The dialect and the act: `weidu.login`.' }),
  status: oneOf(['open', 'closed']),
});

const Record = closed({
  id: Type.Integer(),
  at: Instant,
  act: Type.String(),
  outcome: oneOf(['success', 'refused']),
  reason: Type.Optional(Type.String()),
  account_id: Type.Optional(Type.String({ description: 'Whom it is about.' })),
  actor_id: Type.Optional(Type.String({ description: 'The administrator who did it.' })),
  source: Type.String({ description: 'An address bucket, or `cli`.' }),
  dialect: Type.Optional(Type.String()),
  endpoint: Type.Optional(Type.String()),
  app: Type.Optional(Type.String()),
  request_id: Type.Optional(Type.String({ description: 'The support code, if it was refused.' })),
});

const Decision = closed({
  refusal: Type.String({ description: 'What really happened.' }),
  shown: Type.Optional(Type.String({ description: 'What the client was told, where that is less.' })),
  field: Type.Optional(Type.String()),
  key: Type.Optional(Type.String({ description: 'Whose budget: an account, the digest of a name, an address.' })),
  remark: Type.Optional(Type.String()),
  source: Type.String(),
  forwarded_by: Type.Optional(Type.String()),
  dialect: Type.String(),
  endpoint: Type.Optional(Type.String()),
  app: Type.Optional(Type.String()),
  count: Type.Integer({ description: 'How many alike within the minute.' }),
  first_at: Instant,
  last_at: Instant,
  retry_after_seconds: Type.Optional(Type.Integer()),
});

const Explanation = closed({
  decision: Type.Unsafe<Static<typeof Decision> | null>({ anyOf: [Decision, { type: 'null' }] }),
  entries: Type.Array(Record),
});

/** The members that are there, by their names outside. */
const given = (members: Readonly<globalThis.Record<string, string | number | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

function tellRecord(record: AuditRecord): Static<typeof Record> {
  const { id, at, act, outcome, reason, source, dialect, endpoint } = record;
  const { accountId: account_id, actorId: actor_id, appId: app, requestId: request_id } = record;
  const more = given({ reason, account_id, actor_id, dialect, endpoint, app, request_id });
  return { id, at: instant(at), act, outcome, source, ...more };
}

type Known = NonNullable<OutcomeOf<'readDecision'>['decision']>;

function tellDecision(decision: Known): Static<typeof Decision> {
  const { refusal, source, dialect, count, firstAt, lastAt } = decision;
  const { shown, field, key, remark, endpoint, appId: app } = decision;
  const { forwardedBy: forwarded_by, retryAfterSeconds: retry_after_seconds } = decision;
  const more = given({ shown, field, key, remark, endpoint, app, forwarded_by, retry_after_seconds });
  return { refusal, source, dialect, count, first_at: instant(firstAt), last_at: instant(lastAt), ...more };
}

type State = OutcomeOf<'switchEndpoint'>;

const tellEndpoint = ({ name, isOpen }: State): Static<typeof Endpoint> => ({
  name,
  status: isOpen ? 'open' : 'closed',
});

const Cursor = Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'The `next` of the page before.' }));

export const recordCalls: readonly ApiRow[] = [
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-list-endpoints',
    on: 'GET /api/v1/admin/endpoints',
    does: 'listEndpoints',
    summary: 'List the endpoints and whether they are open',
    description: takes('endpoints.read'),
    answer: { status: 200, description: 'All of them.', body: closed({ endpoints: Type.Array(Endpoint) }) },
    refuses: ['permission.missing'],
    asks: ({ credential: who }) => ({ who }),
    tells: (endpoints) => ({ endpoints: endpoints.map(tellEndpoint) }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-switch-endpoint',
    on: 'PUT /api/v1/admin/endpoints/{name}',
    does: 'switchEndpoint',
    summary: 'Open or close an endpoint',
    description: takes('endpoints.switch'),
    path: closed({ name: Type.String({ minLength: 1, maxLength: 100 }) }),
    body: closed({ status: oneOf(['open', 'closed']) }),
    answer: { status: 200, description: 'The endpoint as it is now.', body: Endpoint },
    refuses: ['permission.missing', 'endpoint.unknown'],
    asks: ({ credential: who, path: { name }, body: { status } }) => ({ who, name, isOpen: status === 'open' }),
    tells: tellEndpoint,
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-read-audit',
    on: 'GET /api/v1/admin/audit',
    does: 'readTrail',
    summary: 'Read the audit trail, the newest entries first',
    description: takes('audit.read'),
    query: closed({ limit: PAGING.limit, cursor: Cursor }),
    answer: { status: 200, description: 'A page of it.', body: closed({ entries: Type.Array(Record), next: Next }) },
    refuses: ['permission.missing'],
    asks: ({ credential: who, query: { limit = PAGE, cursor } }) => ({
      who,
      limit,
      ...(cursor !== undefined && { before: Number(cursor) }),
    }),
    tells: ({ records, next }) => ({ entries: records.map(tellRecord), next: next === null ? null : String(next) }),
  }),
  defineCall({
    ...BY_ADMINISTRATORS,
    endpoint: 'admin-read-decision',
    on: 'GET /api/v1/admin/decisions/{code}',
    does: 'readDecision',
    summary: 'Ask what was decided under a support code',
    description: takes('decisions.read'),
    path: closed({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
    answer: {
      status: 200,
      description: 'The decision, and the entries of the trail that carry the code.',
      body: Explanation,
    },
    refuses: ['permission.missing', 'decision.unknown'],
    asks: ({ credential: who, path: { code } }) => ({ who, supportCode: code }),
    tells: ({ decision, entries }) => ({
      decision: decision === undefined ? null : tellDecision(decision),
      entries: entries.map(tellRecord),
    }),
  }),
];
