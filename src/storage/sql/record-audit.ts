// Writes the audit entry of an act, in the same act.
import type { AuditEntry } from '#core';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

interface AuditValues {
  readonly at: number;
  readonly act: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly account_id: string | null;
  readonly actor_id: string | null;
  readonly source: string;
  readonly dialect: string | null;
  readonly endpoint: string | null;
  readonly app_id: string | null;
  readonly request_id: string | null;
}

const append = new Statement((db, p: AuditValues) =>
  db.insertInto('audit_events').values({
    at: p.at,
    act: p.act,
    outcome: p.outcome,
    reason: p.reason,
    account_id: p.account_id,
    actor_id: p.actor_id,
    source: p.source,
    dialect: p.dialect,
    endpoint: p.endpoint,
    app_id: p.app_id,
    request_id: p.request_id,
  }),
);

export async function recordAudit(act: Act, entry: AuditEntry): Promise<void> {
  await append.affected(act, {
    at: entry.at,
    act: entry.act,
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    account_id: entry.accountId ?? null,
    actor_id: entry.actorId ?? null,
    source: entry.source,
    dialect: entry.dialect ?? null,
    endpoint: entry.endpoint ?? null,
    app_id: entry.appId ?? null,
    request_id: entry.requestId ?? null,
  });
}
