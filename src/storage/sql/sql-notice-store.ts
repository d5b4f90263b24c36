// What notices ask of the database: what happened to an account, and what its owner was told already.
import type { NoticeClaim, NoticeStore, SourceStanding } from '#core';
import type { Act } from './act.ts';
import { isKnownSource } from './known-sources.ts';
import { Statement } from './statement.ts';

const anySource = new Statement((db, p: { account: string }) =>
  db.selectFrom('known_sources').select('source').where('account_id', '=', p.account).limit(1),
);

const longestLock = new Statement((db, p: { account: string; source: string; now: number }) =>
  db
    .selectFrom('budgets')
    .select('locked_until')
    .where((by) =>
      by.or([
        by.and({ kind: 'account', key: p.account, source: '' }),
        by.and({ kind: 'known', key: p.account, source: p.source }),
      ]),
    )
    .where('locked_until', '>', p.now)
    .orderBy('locked_until', 'desc')
    .limit(1),
);

/** A new day counts from one again. */
const claim = new Statement((db, p: { account: string; name: string; day: number; occasion: string; most: number }) =>
  db
    .insertInto('notices')
    .values({ account_id: p.account, name: p.name, day: p.day, occasion: p.occasion, count: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'name'])
        .doUpdateSet((eb) => ({
          day: eb.ref('excluded.day'),
          occasion: eb.ref('excluded.occasion'),
          count: eb
            .case()
            .when('notices.day', '=', eb.ref('excluded.day'))
            .then(eb('notices.count', '+', 1))
            .else(1)
            .end(),
        }))
        .where((by) =>
          by.or([
            by('notices.day', '!=', by.ref('excluded.day')),
            by.and([by('notices.occasion', '!=', by.ref('excluded.occasion')), by('notices.count', '<', p.most)]),
          ]),
        ),
    ),
);

const dropOld = new Statement((db, p: { before: number; limit: number }) =>
  db
    .deleteFrom('notices')
    .where((by) =>
      by(
        by.refTuple('account_id', 'name'),
        'in',
        by
          .selectFrom('notices')
          .select(['account_id', 'name'])
          .where('day', '<', p.before)
          .limit(p.limit)
          .$asTuple('account_id', 'name'),
      ),
    ),
);

/** Keeps which notices were sent, within one act. */
export class SqlNoticeStore implements NoticeStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async sourceStanding(account: string, source: string, now: number): Promise<SourceStanding> {
    if (await isKnownSource(this.#act, { account, source, now })) return 'known';
    return (await anySource.first(this.#act, { account })) === undefined ? 'first' : 'new';
  }

  async lockedUntil(account: string, source: string, now: number): Promise<number | undefined> {
    return (await longestLock.first(this.#act, { account, source, now }))?.locked_until;
  }

  async claim({ accountId: account, name, day, occasion, most }: NoticeClaim): Promise<boolean> {
    return (await claim.affected(this.#act, { account, name, day, occasion, most })) === 1;
  }

  sweep(before: number, limit: number): Promise<number> {
    return dropOld.affected(this.#act, { before, limit });
  }
}
