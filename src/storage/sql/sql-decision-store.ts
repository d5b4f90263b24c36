// Decision records in SQL, bounded in age and number.
import { CODES_OF_RECORD, type DecisionNote, type DecisionRecord, type DecisionStore } from '#core';
import type { Act } from './act.ts';
import { decisionUnder, putDecision } from './decision-rows.ts';
import { Statement } from './statement.ts';

const addCode = new Statement((db, p: { code: string; decision_id: string; number: number }) =>
  db
    .insertInto('decision_codes')
    .values({ code: p.code, decision_id: p.decision_id, number: p.number })
    .onConflict((conflict) => conflict.doNothing()),
);

const dropCodes = new Statement((db, p: { decision: string; upTo: number }) =>
  db.deleteFrom('decision_codes').where('decision_id', '=', p.decision).where('number', '<=', p.upTo),
);

const removeOld = new Statement((db, p: { upTo: number; limit: number }) =>
  db
    .deleteFrom('decisions')
    .where('id', 'in', (by) =>
      by.selectFrom('decisions').select('id').where('last_at', '<=', p.upTo).orderBy('last_at').limit(p.limit),
    )
    .returning('id'),
);

const firstBeyond = new Statement((db, p: { records: number }) =>
  db.selectFrom('decisions').select('last_at').orderBy('last_at', 'desc').limit(1).offset(p.records),
);

/** Keeps decision records, within one act. */
export class SqlDecisionStore implements DecisionStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async record(notes: readonly DecisionNote[]): Promise<void> {
    for (const { record, codes } of notes) {
      await putDecision(this.#act, record);
      for (const { code, number } of codes) await addCode.affected(this.#act, { code, decision_id: record.id, number });
      const upTo = record.count - CODES_OF_RECORD;
      if (upTo > 0) await dropCodes.affected(this.#act, { decision: record.id, upTo });
    }
  }

  async find(code: string): Promise<DecisionRecord | undefined> {
    return decisionUnder(this.#act, code);
  }

  async sweep({ before, records }: Parameters<DecisionStore['sweep']>[0], atMost: number): Promise<number> {
    const surplus = await firstBeyond.first(this.#act, { records });
    const upTo = Math.max(before - 1, surplus?.last_at ?? 0);
    const removed = await removeOld.all(this.#act, { upTo, limit: atMost });
    for (const { id } of removed) await dropCodes.affected(this.#act, { decision: id, upTo: Number.MAX_SAFE_INTEGER });
    return removed.length;
  }
}
