// The audit trail in SQL.
import type { AuditEntry, AuditRecord, AuditStore } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { recordAudit } from './record-audit.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type AuditRow = Selectable<Tables['audit_events']>;

const page = new Statement((db, p: { after: number; limit: number }) =>
  db.selectFrom('audit_events').selectAll().where('id', '>', p.after).orderBy('id').limit(p.limit),
);

/** Keeps the trail, within one act. */
export class SqlAuditStore implements AuditStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async list(after: number, limit: number): Promise<readonly AuditRecord[]> {
    return (await page.all(this.#act, { after, limit })).map(toRecord);
  }

  async append(entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) await recordAudit(this.#act, entry);
  }
}

function toRecord(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    act: row.act,
    outcome: row.outcome === 'success' ? 'success' : 'refused',
    source: row.source,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.account_id !== null && { accountId: row.account_id }),
    ...whereabouts(row),
  };
}

function whereabouts(row: AuditRow): Pick<AuditRecord, 'dialect' | 'endpoint' | 'appId' | 'requestId'> {
  return {
    ...(row.dialect !== null && { dialect: row.dialect }),
    ...(row.endpoint !== null && { endpoint: row.endpoint }),
    ...(row.app_id !== null && { appId: row.app_id }),
    ...(row.request_id !== null && { requestId: row.request_id }),
  };
}
