// The names a source has failed with lately: whoever tries one password on many names is told by their number.
import type { Act } from './act.ts';
import { Statement } from './statement.ts';

interface FailedName {
  readonly source: string;
  readonly subject: string;
  readonly at: number;
  readonly forgetBy: number;
}

const note = new Statement((db, p: FailedName) =>
  db
    .insertInto('failed_names')
    .values({ source: p.source, subject: p.subject, at: p.at })
    .onConflict((conflict) =>
      conflict.columns(['source', 'subject']).doUpdateSet({ at: p.at }).where('failed_names.at', '<=', p.forgetBy),
    ),
);

const forget = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('failed_names')
    .where((by) =>
      by(
        by.refTuple('source', 'subject'),
        'in',
        by
          .selectFrom('failed_names')
          .select(['source', 'subject'])
          .where('at', '<=', p.before)
          .limit(p.limit)
          .$asTuple('source', 'subject'),
      ),
    ),
);

/** Whether the source has not failed with this name since `forgetBy`. */
export async function noteFailedName(act: Act, { source, subject, at, forgetBy }: FailedName): Promise<boolean> {
  return (await note.affected(act, { source, subject, at, forgetBy })) > 0;
}

/** Forgets at most so many; how many. */
export async function forgetNames(act: Act, before: number, limit: number): Promise<number> {
  return forget.affected(act, { before, limit });
}
