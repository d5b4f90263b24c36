// Decision records as rows, and the support codes by which they are found.
import type { DecisionRecord } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type DecisionRow = Selectable<Tables['decisions']>;
/** The columns, spelled out: a statement names each value it is run with. */
type DecisionValues = { readonly [K in keyof DecisionRow]: DecisionRow[K] };

const put = new Statement((db, p: DecisionValues) =>
  db
    .insertInto('decisions')
    .values({
      id: p.id,
      refusal: p.refusal,
      shown: p.shown,
      field: p.field,
      key: p.key,
      remark: p.remark,
      source: p.source,
      forwarded_by: p.forwarded_by,
      dialect: p.dialect,
      endpoint: p.endpoint,
      app_id: p.app_id,
      retry_after: p.retry_after,
      count: p.count,
      first_at: p.first_at,
      last_at: p.last_at,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        retry_after: eb.ref('excluded.retry_after'),
        count: eb.ref('excluded.count'),
        last_at: eb.ref('excluded.last_at'),
      })),
    ),
);

const byCode = new Statement((db, p: { code: string }) =>
  db
    .selectFrom('decisions')
    .innerJoin('decision_codes', 'decision_codes.decision_id', 'decisions.id')
    .selectAll('decisions')
    .where('decision_codes.code', '=', p.code),
);

/** Writes the record over an earlier state of itself. */
export async function putDecision(act: Act, record: DecisionRecord): Promise<void> {
  await put.affected(act, {
    id: record.id,
    refusal: record.refusal,
    shown: record.shown ?? null,
    field: record.field ?? null,
    key: record.key ?? null,
    remark: record.remark ?? null,
    source: record.source,
    forwarded_by: record.forwardedBy ?? null,
    dialect: record.dialect,
    endpoint: record.endpoint ?? null,
    app_id: record.appId ?? null,
    retry_after: record.retryAfterSeconds ?? null,
    count: record.count,
    first_at: record.firstAt,
    last_at: record.lastAt,
  });
}

export async function decisionUnder(act: Act, code: string): Promise<DecisionRecord | undefined> {
  const row = await byCode.first(act, { code });
  return row && toDecision(row);
}

export function toDecision(row: DecisionRow): DecisionRecord {
  const { id, source, dialect, count } = row;
  return {
    id,
    refusal: row.refusal as DecisionRecord['refusal'],
    ...(row.shown !== null && { shown: row.shown as DecisionRecord['refusal'] }),
    ...what(row),
    source,
    ...(row.forwarded_by !== null && { forwardedBy: row.forwarded_by }),
    dialect,
    ...(row.endpoint !== null && { endpoint: row.endpoint }),
    ...(row.app_id !== null && { appId: row.app_id }),
    count,
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
}

function what(row: DecisionRow): Pick<DecisionRecord, 'field' | 'key' | 'remark' | 'retryAfterSeconds'> {
  return {
    ...(row.field !== null && { field: row.field }),
    ...(row.key !== null && { key: row.key }),
    ...(row.remark !== null && { remark: row.remark }),
    ...(row.retry_after !== null && { retryAfterSeconds: row.retry_after }),
  };
}
