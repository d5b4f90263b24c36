// The audit trail in SQL.
import type { AuditEntry, AuditMark, AuditMarks, AuditRecord, AuditSegment, AuditStore } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { addSegment, forgetChain, listSegments, readMarks, removeSegment, writeMark } from './audit-segments.ts';
import { recordAudit } from './record-audit.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type AuditRow = Selectable<Tables['audit_events']>;

const page = new Statement((db, p: { after: number; limit: number }) =>
  db.selectFrom('audit_events').selectAll().where('id', '>', p.after).orderBy('id').limit(p.limit),
);

const newestPage = new Statement((db, p: { before: number; limit: number }) =>
  db.selectFrom('audit_events').selectAll().where('id', '<', p.before).orderBy('id', 'desc').limit(p.limit),
);

const countAfter = new Statement((db, p: { id: number }) =>
  db
    .selectFrom('audit_events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('id', '>', p.id),
);

const countRange = new Statement((db, p: { after: number; last: number }) =>
  db
    .selectFrom('audit_events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('id', '>', p.after)
    .where('id', '<=', p.last),
);

const removeUpTo = new Statement((db, p: { last: number }) => db.deleteFrom('audit_events').where('id', '<=', p.last));

/** Keeps the trail, within one act. */
export class SqlAuditStore implements AuditStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async list(after: number, limit: number): Promise<readonly AuditRecord[]> {
    return (await page.all(this.#act, { after, limit })).map(toAuditRecord);
  }

  async newest(limit: number, before = Number.MAX_SAFE_INTEGER): Promise<readonly AuditRecord[]> {
    return (await newestPage.all(this.#act, { before, limit })).map(toAuditRecord);
  }

  async append(entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) await recordAudit(this.#act, entry);
  }

  async countAfter(id: number): Promise<number> {
    return (await countAfter.one(this.#act, { id })).count;
  }

  async segments(after: number, limit: number): Promise<readonly AuditSegment[]> {
    return listSegments(this.#act, after, limit);
  }

  async marks(): Promise<AuditMarks> {
    return readMarks(this.#act);
  }

  async seal({ after, segment, head }: Parameters<AuditStore['seal']>[0]): Promise<boolean> {
    const { head: before } = await readMarks(this.#act);
    if ((before?.number ?? 0) !== segment.number - 1) return false;
    const { count } = await countRange.one(this.#act, { after, last: segment.lastId });
    // A row that came meanwhile would belong to no segment ever.
    if (count !== segment.count) return false;
    if (!(await addSegment(this.#act, segment))) return false;
    await writeMark(this.#act, 'head', head);
    return true;
  }

  async drop(anchor: AuditMark): Promise<number> {
    const [oldest] = await listSegments(this.#act, 0, 1);
    if (oldest?.number !== anchor.number) return 0;
    // Whoever comes second must not move the anchor back.
    if (!(await removeSegment(this.#act, anchor.number))) return 0;
    await writeMark(this.#act, 'anchor', anchor);
    return removeUpTo.affected(this.#act, { last: anchor.lastId });
  }

  async restart(audit: AuditEntry): Promise<void> {
    await forgetChain(this.#act);
    await recordAudit(this.#act, audit);
  }
}

export function toAuditRecord(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    act: row.act,
    // As it stands, whatever it is: the chain is over what the database says.
    outcome: row.outcome as AuditRecord['outcome'],
    source: row.source,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.account_id !== null && { accountId: row.account_id }),
    ...(row.actor_id !== null && { actorId: row.actor_id }),
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
