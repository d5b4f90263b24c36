// Sealed runs of the audit trail as rows, and the two marks at the ends of their chain.
import type { AuditMark, AuditMarks, AuditSegment } from '#core';
import type { Selectable } from 'kysely';
import type { Act } from './act.ts';
import { Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type SegmentRow = Selectable<Tables['audit_segments']>;
type MarkRow = Selectable<Tables['audit_marks']>;
/** The columns, spelled out: a statement names each value it is run with. */
type SegmentValues = { readonly [K in keyof SegmentRow]: SegmentRow[K] };
type MarkValues = { readonly [K in keyof MarkRow]: MarkRow[K] };

const page = new Statement((db, p: { after: number; limit: number }) =>
  db.selectFrom('audit_segments').selectAll().where('number', '>', p.after).orderBy('number').limit(p.limit),
);

const insert = new Statement((db, p: SegmentValues) =>
  db
    .insertInto('audit_segments')
    .values({
      number: p.number,
      first_id: p.first_id,
      last_id: p.last_id,
      count: p.count,
      first_at: p.first_at,
      last_at: p.last_at,
      hash: p.hash,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const remove = new Statement((db, p: { number: number }) =>
  db.deleteFrom('audit_segments').where('number', '=', p.number),
);

const removeAll = new Statement((db) => db.deleteFrom('audit_segments'));

const removeMarks = new Statement((db) => db.deleteFrom('audit_marks'));

const marks = new Statement((db) => db.selectFrom('audit_marks').selectAll());

const putMark = new Statement((db, p: MarkValues) =>
  db
    .insertInto('audit_marks')
    .values({ name: p.name, number: p.number, last_id: p.last_id, hash: p.hash, seal: p.seal })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({
        number: eb.ref('excluded.number'),
        last_id: eb.ref('excluded.last_id'),
        hash: eb.ref('excluded.hash'),
        seal: eb.ref('excluded.seal'),
      })),
    ),
);

export async function listSegments(act: Act, after: number, limit: number): Promise<readonly AuditSegment[]> {
  return (await page.all(act, { after, limit })).map(toSegment);
}

/** False when there is one of that number. */
export async function addSegment(act: Act, segment: AuditSegment): Promise<boolean> {
  const { number, firstId, lastId, count, firstAt, lastAt, hash } = segment;
  const values = { first_id: firstId, last_id: lastId, first_at: firstAt, last_at: lastAt };
  return (await insert.affected(act, { number, count, hash, ...values })) > 0;
}

/** False when it is gone already. */
export async function removeSegment(act: Act, number: number): Promise<boolean> {
  return (await remove.affected(act, { number })) > 0;
}

export async function forgetChain(act: Act): Promise<void> {
  await removeAll.affected(act, {});
  await removeMarks.affected(act, {});
}

export async function readMarks(act: Act): Promise<AuditMarks> {
  const rows = await marks.all(act, {});
  const named = rows.map(({ name, number, last_id: lastId, hash, seal }) => [name, { number, lastId, hash, seal }]);
  return Object.fromEntries(named) as AuditMarks;
}

export async function writeMark(
  act: Act,
  name: keyof AuditMarks,
  { number, lastId, hash, seal }: AuditMark,
): Promise<void> {
  await putMark.affected(act, { name, number, last_id: lastId, hash, seal });
}

function toSegment(row: SegmentRow): AuditSegment {
  const { number, count, hash } = row;
  return {
    number,
    firstId: row.first_id,
    lastId: row.last_id,
    count,
    firstAt: row.first_at,
    lastAt: row.last_at,
    hash,
  };
}
